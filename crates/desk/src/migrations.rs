//! The schema, step by step. A released step is never changed; a new one is added below.

use db::Migration;

pub const MIGRATIONS: &[Migration] = &[
    Migration::both(1, "desk", include_str!("../migrations/0001_desk.sql")),
    Migration {
        number: 2,
        name: "numbers",
        sqlite: include_str!("../migrations/0002_numbers.sqlite.sql"),
        postgres: include_str!("../migrations/0002_numbers.postgres.sql"),
    },
    Migration::both(4, "canned", include_str!("../migrations/0004_canned.sql")),
];
