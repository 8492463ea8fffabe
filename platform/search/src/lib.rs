//! Full-text search over bigrams of folded text, within the rights of the one who searches.
