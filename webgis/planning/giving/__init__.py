"""What leaves the house: layers as files, workbooks, the map for a phone, previews of links, the overview of a city."""
