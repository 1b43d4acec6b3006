//! Settings and arguments that cannot be right are refused in words that say what to do.

use testkit::Program;

use crate::common::{done, exe, place, refused};

#[test]
fn a_wrong_settings_file_is_named_with_its_line() {
    for (text, words) in [
        ("lisen = \"127.0.0.1:8080\"\n", "unknown field `lisen`"),
        ("listen = \"everywhere\"\n", "invalid socket address"),
        (
            "[relay]\nhost = \"mail.example.org\"\ntls = \"maybe\"\n",
            "none, starttls or implicit",
        ),
        ("public_url = \"desk.example.org\"\n", "must begin with https://"),
        ("listen = \n", "TOML parse error"),
    ] {
        let at = place();
        std::fs::create_dir_all(&at.data).expect("a folder");
        std::fs::write(at.data.join("firstline.toml"), text).expect("written");
        let said = Program::try_serve(exe(), &at.data, &[]).map(|_| ()).expect_err(text);
        assert!(said.contains(words), "{text:?}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}

#[test]
fn a_settings_file_that_is_right_is_followed() {
    let at = place();
    std::fs::create_dir_all(&at.data).expect("a folder");
    let text = "lmtp = \"127.0.0.1:0\"\npublic_url = \"https://desk.example.org\"\n[relay]\nhost = \"127.0.0.1:1\"\n";
    std::fs::write(at.data.join("firstline.toml"), text).expect("written");
    assert!(Program::serve(exe(), &at.data, &[]).lmtp.is_some());
}

#[test]
fn an_address_that_is_taken_says_so() {
    let at = place();
    let first = Program::serve(exe(), &at.data, &[]);
    let (other, taken) = (at.folder.path().join("other"), first.http.to_string());
    let said = Program::try_serve(exe(), &other, &["--lmtp", &taken])
        .map(|_| ())
        .expect_err("taken");
    assert!(
        said.contains(&taken) && said.contains("cannot be listened on"),
        "{said}"
    );
}

#[test]
fn wrong_arguments_are_refused_one_by_one() {
    let at = place();
    let user = |email, role, language| {
        [
            "user",
            "add",
            "--email",
            email,
            "--name",
            "Cedar",
            "--role",
            role,
            "--language",
            language,
        ]
    };
    for (arguments, words) in [
        (
            user("cedar@example.org", "chief", "en").to_vec(),
            "requester, technician, supervisor or admin",
        ),
        (user("cedar@example.org", "technician", "de").to_vec(), "en or fr"),
        (user("cedar", "technician", "en").to_vec(), "no mail address"),
        (
            vec!["token", "add", "--user", "nobody@example.org"],
            "nobody here has the address",
        ),
        (
            vec!["token", "add", "--user", "nobody@example.org", "--scope", "all"],
            "read, write and admin",
        ),
        (vec!["mailbox", "add", "--address", "help"], "no mail address"),
        (vec!["import", "tickets", "nothing.jsonl"], "nothing.jsonl"),
        (vec!["check"], "holds no desk"),
    ] {
        let fresh = place();
        let said = refused(&fresh.data, &arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    done(&at.data, &["mailbox", "add", "--address", "help@example.org"]);
    let twice = refused(&at.data, &["mailbox", "add", "--address", "help@example.org"]);
    assert!(twice.contains("address"), "{twice}");
}

#[test]
fn a_token_never_reaches_above_its_person() {
    let at = place();
    done(
        &at.data,
        &[
            "user",
            "add",
            "--email",
            "cedar@example.org",
            "--name",
            "Cedar",
            "--role",
            "technician",
        ],
    );
    let said = refused(
        &at.data,
        &["token", "add", "--user", "cedar@example.org", "--scope", "admin"],
    );
    assert!(said.contains("further than you may"), "{said}");
    let token = done(&at.data, &["token", "add", "--user", "cedar@example.org"]);
    assert_eq!(token.lines().count(), 1, "alone on standard output");
    assert!(token.starts_with("fl_"));
}
