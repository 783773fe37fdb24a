"""Self-mapping (Pemetaan Swadaya): assets, slum areas and their forms, households, borders, programmes."""
