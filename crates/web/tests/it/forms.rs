//! Forms with files while they come in: what is refused is not read, and all of them together have a bounded piece of
//! memory. And what the desk says while its database does not answer.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::http::{Method, StatusCode};
use futures_util::{StreamExt, stream};

use crate::stand::{Ask, Stand};

const MEBIBYTE: usize = 1024 * 1024;

/// The words of a good form, then a file of so many bytes, and how many bytes of it were asked for.
fn with_file(bytes: usize, ends: bool) -> (Body, Arc<AtomicUsize>) {
    let words: String = [
        ("subject", "Printer"),
        ("body", "No paper"),
        ("name", "Someone"),
        ("address", "new@county.example"),
    ]
    .iter()
    .map(|(name, text)| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"))
    .collect();
    let file = "--edge\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.bin\"\r\n\r\n";
    let chunk = Bytes::from(vec![b'x'; 64 * 1024]);
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let middle = stream::iter(0..bytes / chunk.len()).map(move |_| {
        counted.fetch_add(chunk.len(), Ordering::Relaxed);
        chunk.clone()
    });
    let end = stream::iter(ends.then(|| Bytes::from_static(b"\r\n--edge--\r\n")));
    let waits = stream::pending().take(usize::from(!ends));
    let all = stream::iter([Bytes::from(words + file)])
        .chain(middle)
        .chain(end)
        .chain(waits);
    (Body::from_stream(all.map(Ok::<_, Infallible>)), asked)
}

fn ask(path: &str, body: Body) -> Ask {
    Ask::new(Method::POST, path)
        .ours()
        .raw(body)
        .with("content-type", "multipart/form-data; boundary=edge")
}

#[tokio::test]
async fn of_a_form_that_may_not_be_sent_only_the_words_are_read() {
    let stand = Stand::new();
    let (body, asked) = with_file(8 * MEBIBYTE, true);
    let taken = stand.ask(ask("/en/ask", body)).await;
    assert_eq!(taken.header("location"), "/en/asked", "control: {}", taken.text());
    assert_eq!(
        asked.load(Ordering::Relaxed),
        8 * MEBIBYTE,
        "control: what may be sent is read whole"
    );
    for _ in 0..19 {
        stand.ask(ask("/en/ask", Body::from("--edge--\r\n"))).await;
    }
    let (body, asked) = with_file(8 * MEBIBYTE, true);
    let refused = stand.ask(ask("/en/ask", body)).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.text().contains("No paper"), "the words come back");
    assert!(asked.load(Ordering::Relaxed) < MEBIBYTE, "{asked:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn forms_with_files_share_a_bounded_piece_of_memory() {
    let stand = Stand::new();
    let session = stand.session("owner");
    // Two that never end hold 48 of 64 MiB.
    let mut held = Vec::new();
    for _ in 0..2 {
        let (body, asked) = with_file(24 * MEBIBYTE, false);
        let (app, request) = (stand.app.clone(), ask("/en/ask", body).session(&session));
        held.push(tokio::spawn(Stand::answer_of(app, request)));
        while asked.load(Ordering::Relaxed) < 24 * MEBIBYTE {
            tokio::task::yield_now().await;
        }
    }
    let third = || ask("/en/ask", with_file(20 * MEBIBYTE, true).0).session(&session);
    let refused = stand.ask(third()).await;
    assert_eq!(refused.status, StatusCode::SERVICE_UNAVAILABLE, "{}", refused.text());
    assert_eq!(refused.header("retry-after"), "2");
    // The desk's own forms have a room of their own, and a form without files needs none.
    let words = [
        ("subject", "No network"),
        ("body", "Nothing"),
        ("name", "Larch"),
        ("contact", "613 555 0100"),
        ("channel", "phone"),
    ];
    let opened = stand
        .ask(
            Ask::new(Method::POST, "/tickets")
                .ours()
                .session(&stand.session("member"))
                .multipart(&words),
        )
        .await;
    assert_eq!(opened.status, StatusCode::SEE_OTHER, "{}", opened.text());
    for form in held {
        form.abort();
        assert!(form.await.is_err_and(|e| e.is_cancelled()));
    }
    let taken = stand.ask(third()).await;
    assert_eq!(
        taken.status,
        StatusCode::SEE_OTHER,
        "control: with room it is taken: {}",
        taken.text()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_not_ready_while_the_database_does_not_answer() {
    let stand = Stand::new();
    assert_eq!(stand.ask(Ask::new(Method::GET, "/ready")).await.status, StatusCode::OK);
    let (entered, inside) = mpsc::channel();
    let gates: Vec<_> = (0..3)
        .map(|_| {
            let (gate, closed) = mpsc::channel::<()>();
            let (entered, desk) = (entered.clone(), stand.desk.clone());
            tokio::spawn(async move {
                desk.read(move |_| {
                    entered.send(()).unwrap();
                    let _ = closed.recv();
                    Ok(())
                })
                .await
            });
            gate
        })
        .collect();
    tokio::task::spawn_blocking(move || (0..3).for_each(|_| inside.recv().unwrap()))
        .await
        .unwrap();
    let begun = Instant::now();
    let answer = stand.ask(Ask::new(Method::GET, "/ready")).await;
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (StatusCode::SERVICE_UNAVAILABLE, "2")
    );
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(stand.ask(Ask::new(Method::GET, "/health")).await.status, StatusCode::OK);
    drop(gates);
    assert_eq!(stand.ask(Ask::new(Method::GET, "/ready")).await.status, StatusCode::OK);
}
