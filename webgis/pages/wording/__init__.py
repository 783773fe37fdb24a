"""The words of the pages: the two languages, names of the domain, money and dates, terms, what the scripts say."""
