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
    Migration::both(3, "views", include_str!("../migrations/0003_views.sql")),
    Migration::both(4, "canned", include_str!("../migrations/0004_canned.sql")),
    Migration::both(5, "admin", include_str!("../migrations/0005_admin.sql")),
    Migration::both(6, "reports", include_str!("../migrations/0006_reports.sql")),
    Migration::both(7, "rating", include_str!("../migrations/0007_rating.sql")),
    Migration::both(8, "flow", include_str!("../migrations/0008_flow.sql")),
    Migration::both(9, "tasks", include_str!("../migrations/0009_tasks.sql")),
    Migration::both(10, "forms", include_str!("../migrations/0010_forms.sql")),
    Migration::both(11, "chat", include_str!("../migrations/0011_chat.sql")),
    Migration::both(12, "satisfaction", include_str!("../migrations/0012_satisfaction.sql")),
    Migration {
        number: 13,
        name: "any-report",
        sqlite: include_str!("../migrations/0013_any_report.sqlite.sql"),
        postgres: include_str!("../migrations/0013_any_report.postgres.sql"),
    },
    Migration::both(14, "logo", include_str!("../migrations/0014_logo.sql")),
    Migration::both(15, "alike", include_str!("../migrations/0015_alike.sql")),
    Migration::both(16, "mention", include_str!("../migrations/0016_mention.sql")),
    Migration::both(17, "mailboxes", include_str!("../migrations/0017_mailboxes.sql")),
    Migration::both(18, "outbox", include_str!("../migrations/0018_outbox.sql")),
    Migration::both(19, "dkim", include_str!("../migrations/0019_dkim.sql")),
    Migration::both(20, "left", include_str!("../migrations/0020_left.sql")),
    Migration::both(21, "fetching", include_str!("../migrations/0021_fetching.sql")),
    Migration::both(22, "door", include_str!("../migrations/0022_door.sql")),
    Migration::both(23, "sending", include_str!("../migrations/0023_sending.sql")),
    Migration::both(24, "brought-in", include_str!("../migrations/0024_brought_in.sql")),
    Migration::both(25, "came", include_str!("../migrations/0025_came.sql")),
];
