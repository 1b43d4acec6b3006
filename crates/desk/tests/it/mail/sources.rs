//! Mailboxes elsewhere: what signs in is sealed and never sent to another server; how fetching goes is kept.

use db::args;
use desk::access::Role;
use desk::clock::{DAY, MINUTE};
use desk::mailboxes::sources::{self, Afterwards, Fault, SourceFields};
use desk::mailboxes::watch::{self, Alarm};
use desk::mailboxes::{Way, intake};
use desk::*;

use super::desk::{SUPPORT, TestDesk, each};

fn vault() -> Vault {
    Vault::with_key(&[7; 32])
}

fn fields() -> SourceFields {
    SourceFields::new("mail.example.org", "support@example.org", "two quiet rivers")
}

fn set(d: &TestDesk, who: PersonId, fields: &SourceFields) -> Result<()> {
    let (cx, fields) = (d.as_person(who), fields.clone());
    d.desk
        .write_now(move |tx| sources::set(tx, &cx, &vault(), MailboxId(1), &fields))
}

fn refusal(done: Result<()>) -> (&'static str, &'static str) {
    match done {
        Err(Error::Refused(all)) => (all[0].field, all[0].key),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_password_is_sealed_kept_and_never_sent_elsewhere() {
    each(|d| {
        let admin = d.person("juniper@desk.example", Role::Admin);
        set(d, admin, &fields()).unwrap();
        let cx = d.as_person(admin);
        let kept = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
        let sealed = kept.secret.clone().unwrap();
        assert!(!sealed.windows(5).any(|w| w == b"quiet"));
        let word = sources::secret_of(&vault(), &kept).unwrap();
        assert_eq!(word.as_deref(), Some("two quiet rivers"));
        assert!(sources::secret_of(&Vault::with_key(&[8; 32]), &kept).is_err());

        let other_folder = SourceFields {
            secret: String::new(),
            folder: "Desk".into(),
            ..fields()
        };
        set(d, admin, &other_folder).unwrap();
        let cx = d.as_person(admin);
        let again = d.read(move |r| sources::find(r, &cx, MailboxId(1))).unwrap();
        assert_eq!((again.secret, again.folder.as_str()), (Some(sealed), "Desk"));
        let other_server = SourceFields {
            secret: String::new(),
            host: "evil.example".into(),
            ..fields()
        };
        assert_eq!(
            refusal(set(d, admin, &other_server)),
            ("secret", "refused-secret-again")
        );
        let told = d.count("SELECT count(*) FROM audit WHERE action = 'mailbox source set'");
        assert_eq!(told, 2);
        let leaked = d.count("SELECT count(*) FROM audit WHERE data LIKE '%quiet%'");
        assert_eq!(leaked, 0, "the audit holds the password");
    });
}

#[test]
fn only_administrators_see_and_set_sources() {
    each(|d| {
        let cedar = d.person("cedar@desk.example", Role::Technician);
        assert_eq!(set(d, cedar, &fields()), Err(Error::NotFound));
        let cx = d.as_person(cedar);
        let seen = d.desk.read_now(move |r| sources::find(r, &cx, MailboxId(1)));
        assert_eq!(seen, Err(Error::NotFound));
    });
}

#[test]
fn another_folder_is_read_from_its_beginning_and_the_same_goes_on() {
    each(|d| {
        let admin = d.person("juniper@desk.example", Role::Admin);
        set(d, admin, &fields()).unwrap();
        d.write(|tx| sources::reached(tx, MailboxId(1), 77, 500));
        d.write(|tx| sources::reached(tx, MailboxId(1), 77, 400));
        let uid = || d.count("SELECT last_uid FROM source");
        assert_eq!(uid(), 500, "it never goes back");
        let deletes = SourceFields {
            afterwards: Afterwards::Delete,
            ..fields()
        };
        set(d, admin, &deletes).unwrap();
        assert_eq!(uid(), 500);
        d.write(|tx| sources::reached(tx, MailboxId(1), 78, 3));
        assert_eq!(uid(), 3, "the folder was made anew");
        let elsewhere = SourceFields {
            folder: "Other".into(),
            ..fields()
        };
        set(d, admin, &elsewhere).unwrap();
        assert_eq!(uid(), 0);
    });
}

#[test]
fn administrators_are_told_once_a_day_and_when_it_is_over() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        set(d, admin, &fields()).unwrap();
        let tell = || {
            let cx = d.cx();
            d.write(move |tx| watch::tell(tx, &cx));
            d.sends()
        };
        assert!(tell().is_empty(), "all is well");
        let cx = d.cx();
        d.write(move |tx| sources::failed(tx, &cx, MailboxId(1), Fault::SignIn, "NO [AUTH] wrong"));
        let first = tell();
        assert_eq!(first.len(), 1);
        let letter = first[0].read();
        assert!(letter.subject.as_deref().unwrap().contains(SUPPORT), "{letter:?}");
        assert!(
            letter
                .text
                .as_deref()
                .unwrap()
                .contains("https://desk.example/admin/channels/1")
        );
        assert!(first[0].from.is_empty(), "nothing may answer it");
        d.advance(60 * MINUTE);
        assert!(tell().is_empty(), "told already");
        d.advance(DAY);
        assert_eq!(tell().len(), 1, "it lasts");
        let cx = d.cx();
        d.write(move |tx| sources::went_well(tx, &cx, MailboxId(1)));
        let over = tell();
        assert!(over[0].read().subject.unwrap().contains("works again"));
        assert!(tell().is_empty());
    });
}

#[test]
fn a_mailbox_that_fell_silent_is_told() {
    each(|d| {
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        for _ in 0..15 {
            d.writes("cedar@requester.example", SUPPORT, "Subject: Printer", "It is broken.");
            d.advance(DAY);
        }
        let alarms = || {
            let cx = d.as_person(admin);
            d.read(move |r| watch::alarms(r, &cx))
        };
        assert_eq!(alarms(), []);
        d.advance(DAY);
        assert_eq!(alarms(), [(MailboxId(1), Alarm::Quiet)]);
    });
}

#[test]
fn what_was_handed_over_is_in_the_ledger_or_the_check_says_so() {
    each(|d| {
        for n in 0..20 {
            d.writes(
                "cedar@requester.example",
                SUPPORT,
                &format!("Subject: Printer {n}"),
                "It is broken.",
            );
        }
        let now = d.desk.now();
        d.write(move |tx| intake::keep(tx, now, Way::Lmtp, None, "", &["nobody@elsewhere.example".into()], b"x"));
        let admin = d.person("juniper@elsewhere.example", Role::Admin);
        let cx = d.as_person(admin);
        let account = d.read(move |r| mailboxes::account(r, &cx, Some(MailboxId(1))));
        assert_eq!((account.handed, account.in_ledger()), (20, 20));
        assert!(account.agrees());
        assert_eq!(d.read(mailboxes::astray), []);
        // The control: one letter that vanishes is missed.
        d.write(|tx| {
            tx.exec("DELETE FROM letter_raw WHERE letter = 3", &[])?;
            tx.exec("UPDATE message SET letter = NULL WHERE letter = 3", &[])?;
            Ok(tx.exec("DELETE FROM letter WHERE id = $1", &args![3])?)
        });
        assert_eq!(d.read(mailboxes::astray), [(1, 20, 19)]);
    });
}
