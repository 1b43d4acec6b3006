//! A desk of an earlier release becomes one of this: what was there is there.

use db::args;
use desk::{Error, Result};

#[test]
fn letters_of_reports_keep_their_numbers_for_jobs_name_them() {
    testpg::both(|db| {
        let earlier: Vec<db::Migration> = desk::MIGRATIONS.iter().filter(|m| m.number <= 7).copied().collect();
        db.migrate(&earlier).expect("an earlier release");
        db.write_now(|tx| -> Result<()> {
            tx.exec(
                "INSERT INTO person (id, name, role, language, created_at, updated_at) VALUES (7, 'Bench', 'technician', 'en', 0, 0)",
                &[],
            )?;
            for id in [3, 9] {
                tx.exec(
                    "INSERT INTO report_subscription (id, person, report, rhythm, part, next_at, created_at)
                     VALUES ($1, 7, 'volume', 'weekly', 'team', 50, 0)",
                    &args![id],
                )?;
            }
            Ok(())
        })
        .expect("two letters");
        db.migrate(desk::MIGRATIONS).expect("this release");
        let (kept, fresh) = db
            .write_now(|tx| -> Result<(Vec<i64>, i64)> {
                let kept = tx.query("SELECT id FROM report_subscription ORDER BY id", &[])?;
                let fresh = tx.insert(
                    "INSERT INTO report_subscription (person, report, rhythm, part, next_at, created_at)
                     VALUES (7, 'satisfaction', 'weekly', 'team', 50, 0) RETURNING id",
                    &[],
                )?;
                Ok((kept, fresh))
            })
            .map_err(|e: Error| e)
            .expect("read");
        assert_eq!(kept, [3, 9]);
        assert!(!kept.contains(&fresh), "a new letter has a number of its own");
    });
}
