//! Who is vouched for, asked of a name server of our own.

use crate::data::letters;
use crate::world::{FOREIGN, LETTER, THEIRS, World, pass};
use mail::dkim::sign;
use mail::vouch::{Arrival, Checker, Proof, Verdict};
use mail_auth::arc::ArcSealer;
use mail_auth::common::crypto::Ed25519Key;
use mail_auth::common::headers::HeaderWriter;
use mail_auth::dkim::DkimSigner;
use mail_auth::{ArcOutput, AuthenticatedMessage, AuthenticationResults};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

#[tokio::test]
async fn a_signature_or_the_right_server_vouches() {
    let world = World::new().await;
    let signed = world.signed(LETTER);
    assert_eq!(
        world.verdict(FOREIGN, "x@evil.example", signed.as_bytes()).await,
        pass()
    );
    assert_eq!(
        world.verdict(THEIRS, "x@there.example", LETTER.as_bytes()).await,
        pass()
    );
    // Fetched from a mailbox: only the signature is left.
    let fetched = world.checker.check(Arrival::default(), signed.as_bytes(), &[]).await;
    assert_eq!(
        (fetched.dmarc.clone(), fetched.spf, fetched.dkim),
        (pass(), Proof::None, Proof::Pass)
    );
    assert!(fetched.vouches_for("Cedar@There.Example"));
    for other in [
        "cedar@there.example.evil.example",
        "cedar@sub.there.example",
        "there.example",
        "",
    ] {
        assert!(!fetched.vouches_for(other), "{other}");
    }
}

#[tokio::test]
async fn answers_are_kept() {
    let world = World::new().await;
    let signed = world.signed(LETTER);
    world.verdict(THEIRS, "x@there.example", signed.as_bytes()).await;
    let asked = world.server.asked.load(Ordering::SeqCst);
    assert!(asked > 0);
    world.verdict(THEIRS, "x@there.example", signed.as_bytes()).await;
    assert_eq!(world.server.asked.load(Ordering::SeqCst), asked);
}

#[tokio::test]
async fn a_forged_letter_is_not_vouched_for() {
    let world = World::new().await;
    let signed = world.signed(LETTER);
    let other_key = sign(LETTER.as_bytes(), &world.sealer, "s1", "there.example").unwrap();
    let own_domain = sign(LETTER.as_bytes(), &world.sealer, "s1", "evil.example").unwrap();
    let no_from = {
        let pem = world.key.to_pem().unwrap();
        let signature = DkimSigner::from_key(ed25519(&pem))
            .domain("there.example")
            .selector("s1")
            .headers(["Subject"])
            .sign(LETTER.as_bytes())
            .unwrap();
        [signature.to_header().into_bytes(), LETTER.as_bytes().to_vec()].concat()
    };
    let changed = |from: &str, to: &str| signed.replacen(from, to, 1).into_bytes();
    for (what, raw) in [
        ("unsigned", LETTER.as_bytes().to_vec()),
        ("other words", changed("on fire", "fine")),
        ("other subject", changed("Subject: Printer", "Subject: Salary")),
        ("other person", changed("<cedar@", "<larch@")),
        (
            "second subject",
            changed("Subject: Printer", "Subject: Salary\r\nSubject: Printer"),
        ),
        ("another's key", other_key),
        ("another domain's signature", own_domain),
        ("a signature without From", no_from),
    ] {
        let verdict = world.verdict(FOREIGN, "x@evil.example", &raw).await;
        assert_eq!(verdict, Verdict::Fail, "{what}: {}", String::from_utf8_lossy(&raw));
    }
    // The control: the same letter as it was signed is.
    assert_eq!(
        world.verdict(FOREIGN, "x@evil.example", signed.as_bytes()).await,
        pass()
    );
}

#[tokio::test]
async fn several_senders_are_none() {
    let world = World::new().await;
    for from in [
        "From: cedar@there.example\r\nFrom: larch@there.example",
        "From: larch@evil.example\r\nFrom: cedar@there.example",
        "From: cedar@there.example\r\nfrom : larch@evil.example",
        "From: cedar@there.example, larch@evil.example",
        "From: cedar@there.example, larch@there.example",
        "From: \"cedar@there.example\" <a@b@there.example>",
        "From: group: cedar@there.example, b@there.example;",
        "X-From: cedar@there.example",
        "From: ",
    ] {
        let signed = world.signed(&LETTER.replacen("From: Cedar <cedar@there.example>", from, 1));
        let verdict = world.verdict(THEIRS, "x@there.example", signed.as_bytes()).await;
        assert_eq!(verdict, Verdict::Fail, "{from}");
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_neither_pass_nor_fail() {
    let world = World::new().await;
    let from = |domain: &str| LETTER.replace("there.example", domain);
    let begun = Instant::now();
    for (domain, verdict) in [
        ("broken.example", Verdict::TempError),
        ("silent.example", Verdict::TempError),
        ("quiet.example", Verdict::None),
    ] {
        let raw = from(domain);
        assert_eq!(
            world.verdict(FOREIGN, "x@evil.example", raw.as_bytes()).await,
            verdict,
            "{domain}"
        );
    }
    assert!(begun.elapsed() < Duration::from_secs(30));
    let nobody = Checker::off();
    let vouched = nobody
        .check(Arrival::default(), world.signed(LETTER).as_bytes(), &[])
        .await;
    assert_eq!(vouched.dmarc, Verdict::None);
}

fn ed25519(pem: &str) -> Ed25519Key {
    use rsa::pkcs8::SecretDocument;
    let (_, der) = SecretDocument::from_pem(pem).unwrap();
    Ed25519Key::from_pkcs8_maybe_unchecked_der(der.as_bytes()).unwrap()
}

/// The letter as a list sends it on: changed, and sealed by `domain` with what it says it saw.
fn forwarded(world: &World, letter: &str, domain: &str, saw: &str) -> Vec<u8> {
    let changed = letter.replace("on fire", "on fire [list]");
    let message = AuthenticatedMessage::parse(changed.as_bytes()).unwrap();
    let name = format!("mx.{domain}; {saw}");
    let results = AuthenticationResults::new(&name);
    let set = ArcSealer::from_key(ed25519(&world.sealer.to_pem().unwrap()))
        .domain(domain)
        .selector("list")
        .headers(["From", "To", "Subject", "DKIM-Signature"])
        .seal(&message, &results, &ArcOutput::default())
        .unwrap();
    format!("{}{changed}", set.to_header()).into_bytes()
}

#[tokio::test]
async fn a_trusted_forwarder_is_believed() {
    let world = World::new().await;
    let signed = world.signed(LETTER);
    let saw = "dmarc=pass header.from=there.example";
    let good = forwarded(&world, &signed, "list.example", saw);
    let trusted = ["list.example".to_owned()];
    assert_eq!(world.sealed(FOREIGN, "x@evil.example", &good, &trusted).await, pass());
    for (what, raw, sealers) in [
        ("nobody is trusted", good.clone(), vec![]),
        ("another is trusted", good.clone(), vec!["other.example".to_owned()]),
        (
            "sealed by a stranger",
            forwarded(&world, &signed, "evil.example", saw),
            trusted.to_vec(),
        ),
        (
            "it saw it fail",
            forwarded(&world, &signed, "list.example", "dmarc=fail header.from=there.example"),
            trusted.to_vec(),
        ),
        (
            "it saw another domain",
            forwarded(&world, &signed, "list.example", "dmarc=pass header.from=evil.example"),
            trusted.to_vec(),
        ),
        (
            "changed after the seal",
            String::from_utf8(good)
                .unwrap()
                .replace("[list]", "[fake]")
                .into_bytes(),
            trusted.to_vec(),
        ),
    ] {
        let verdict = world.sealed(FOREIGN, "x@evil.example", &raw, &sealers).await;
        assert_eq!(verdict, Verdict::Fail, "{what}");
    }
}

#[tokio::test]
async fn any_letter_is_checked_in_time() {
    let world = World::new().await;
    let many = format!(
        "{}{LETTER}",
        "DKIM-Signature: v=1; a=rsa-sha256; d=there.example; s=s1; h=from; bh=AA==; b=AA==\r\n".repeat(900)
    );
    let seals = (1..=60).map(|i| format!("ARC-Seal: i={i}; a=rsa-sha256; cv=none; d=a.example; s=s; b=AA==\r\n"));
    let odd = [
        Vec::new(),
        b"\r\n".to_vec(),
        b"From".to_vec(),
        vec![0; 10_000],
        many.into_bytes(),
        format!("{}{LETTER}", seals.collect::<String>()).into_bytes(),
        format!("X: {}\r\n\r\n", "x".repeat(300_000)).into_bytes(),
        LETTER.replace("there.example", &"a.".repeat(3_000)).into_bytes(),
    ];
    let corpus = letters().unwrap_or_default();
    let wanted = ["authentication", "odd-identity", "odd-structure", "mutated", "torture"];
    let chosen = corpus
        .into_iter()
        .filter(|e| wanted.contains(&e.category.as_str()))
        .map(|e| e.raw);
    for raw in odd.into_iter().chain(chosen) {
        let begun = Instant::now();
        let verdict = world.verdict(FOREIGN, "x@evil.example", &raw).await;
        assert!(
            begun.elapsed() < Duration::from_secs(2),
            "{:.80}",
            String::from_utf8_lossy(&raw)
        );
        assert!(
            !matches!(verdict, Verdict::Pass { .. }),
            "{}",
            String::from_utf8_lossy(&raw)
        );
    }
}

#[tokio::test]
async fn only_the_fields_that_were_signed_are_the_senders_own() {
    let world = World::new().await;
    let covered = async |peer, mail_from: &str, raw: &[u8]| {
        let arrival = Arrival {
            peer: Some(std::net::IpAddr::from(peer)),
            helo: "mx.there.example",
            mail_from,
        };
        world.checker.check(arrival, raw, &[]).await.covered
    };
    let signed = world.signed(LETTER);
    let foreign = covered(FOREIGN, "x@evil.example", signed.as_bytes()).await;
    assert!(foreign.contains(&"to"), "{foreign:?}");
    // Whoever has the letter may write more above it.
    let second = format!("To: other@here.example\r\n{signed}");
    let foreign = covered(FOREIGN, "x@evil.example", second.as_bytes()).await;
    assert!(!foreign.contains(&"to"), "{foreign:?}");
    let bare = DkimSigner::from_key(ed25519(&world.key.to_pem().unwrap()))
        .domain("there.example")
        .selector("s1")
        .headers(["From", "Subject"])
        .sign(LETTER.as_bytes())
        .unwrap();
    let added = [
        bare.to_header().as_bytes(),
        b"References: <x@here.example>\r\n",
        LETTER.as_bytes(),
    ]
    .concat();
    assert_eq!(world.verdict(FOREIGN, "x@evil.example", &added).await, pass());
    assert_eq!(covered(FOREIGN, "x@evil.example", &added).await, Vec::<&str>::new());
    // The control: the sender's own server says all of it.
    assert_eq!(
        covered(THEIRS, "x@there.example", &added).await,
        ["to", "cc", "in-reply-to", "references"]
    );
}
