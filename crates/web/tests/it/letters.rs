//! The ledger by its doors: a letter that nobody has read may hold the words of a private team's ticket.

use axum::http::{Method, StatusCode};
use desk::mailboxes::{Way, intake};

use crate::stand::{Ask, Stand};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_nobody_has_read_is_absent_for_whoever_is_kept_out_of_a_team() {
    let stand = Stand::new();
    let letter = stand.write(|tx, cx| {
        let raw = b"From: <owner@desk.example>\r\nSubject: Marzipan\r\n\r\nA marzipan word.\r\n";
        let to = ["support+key@desk.example".to_string()];
        intake::keep(tx, cx.now, Way::Smtp, None, "owner@desk.example", &to, raw)
    });
    let let_in = "letter-released-new letter-reason-fault";
    for (state, reason) in [
        ("kept", ""),
        ("held", "letter-reason-fault it stopped"),
        ("kept", let_in),
    ] {
        stand.put(move |tx| {
            let set = "UPDATE letter SET state = $2, reason = $3 WHERE id = $1";
            Ok(tx.exec(set, &db::args![letter, state, reason])?)
        });
        for (who, sees) in [
            ("admin", true),
            ("member", true),
            ("lead", true),
            ("outside", false),
            ("supervisor", false),
        ] {
            let (session, token) = (stand.session(who), stand.token(who, "read"));
            for path in ["/letters/ID", "/letters/ID/raw", "/api/firstline/v1/letters/ID"] {
                let ask = |id: i64| {
                    let ask = Ask::new(Method::GET, &path.replace("ID", &id.to_string()));
                    if path.starts_with("/api/") {
                        ask.bearer(&token)
                    } else {
                        ask.session(&session)
                    }
                };
                let answer = stand.ask(ask(letter.0)).await;
                let wanted = if sees { StatusCode::OK } else { StatusCode::NOT_FOUND };
                assert_eq!(answer.status, wanted, "{path} of a letter that is {state}, by {who}");
                if !sees {
                    assert_eq!(
                        answer.lasting(),
                        stand.ask(ask(999_999)).await.lasting(),
                        "as if it were not there"
                    );
                }
            }
        }
    }
}
