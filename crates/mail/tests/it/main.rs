//! Tests of the mail instrument, as its callers see it.
