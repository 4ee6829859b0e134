//! Ears and a voice, for doors by which people speak and listen. What was heard is text when it
//! leaves here, and what is said comes as text; what either means is decided elsewhere.
