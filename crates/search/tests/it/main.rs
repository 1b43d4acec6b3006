//! Proof of the index.
