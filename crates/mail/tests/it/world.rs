//! A sender with a domain, and what the name servers say of it.

use mail::dkim::{Key, Kind, sign};
use mail::vouch::{Arrival, Checker, Verdict};
use std::net::IpAddr;
use testmail::name_server::{Answer, NameServer};

pub(crate) const LETTER: &str = "From: Cedar <cedar@there.example>\r\nTo: desk@here.example\r\nSubject: Printer\r\n\
                      Message-ID: <1@there.example>\r\n\r\nIt is on fire.\r\n";
pub(crate) const THEIRS: [u8; 4] = [192, 0, 2, 10];
pub(crate) const FOREIGN: [u8; 4] = [203, 0, 113, 9];

pub(crate) fn txt(text: &str) -> Answer {
    Answer::Txt(text.to_owned())
}

pub(crate) struct World {
    pub(crate) server: NameServer,
    pub(crate) checker: Checker,
    pub(crate) key: Key,
    pub(crate) sealer: Key,
}

impl World {
    pub(crate) async fn new() -> World {
        let (key, sealer) = (
            Key::generate(Kind::Ed25519).unwrap(),
            Key::generate(Kind::Ed25519).unwrap(),
        );
        let server = NameServer::start(vec![
            ("_dmarc.there.example", txt("v=DMARC1; p=reject")),
            ("there.example", txt("v=spf1 mx -all")),
            ("there.example", Answer::Mx("mx.there.example".to_owned())),
            ("mx.there.example", Answer::A(THEIRS.into())),
            ("s1._domainkey.there.example", Answer::Txt(key.dns_record())),
            ("evil.example", txt("v=spf1 ip4:203.0.113.0/24 -all")),
            ("s1._domainkey.evil.example", Answer::Txt(sealer.dns_record())),
            ("list._domainkey.list.example", Answer::Txt(sealer.dns_record())),
            ("list._domainkey.evil.example", Answer::Txt(sealer.dns_record())),
            ("_dmarc.broken.example", Answer::Broken),
            ("_dmarc.silent.example", Answer::Silent),
        ])
        .await;
        let checker = Checker::with_nameserver(server.address).unwrap();
        World {
            server,
            checker,
            key,
            sealer,
        }
    }

    pub(crate) async fn verdict(&self, peer: [u8; 4], mail_from: &str, raw: &[u8]) -> Verdict {
        self.sealed(peer, mail_from, raw, &[]).await
    }

    pub(crate) async fn sealed(&self, peer: [u8; 4], mail_from: &str, raw: &[u8], sealers: &[String]) -> Verdict {
        let arrival = Arrival {
            peer: Some(IpAddr::from(peer)),
            helo: "mx.there.example",
            mail_from,
        };
        let vouched = self.checker.check(arrival, raw, sealers).await;
        assert!(
            !vouched.words.is_empty() && !vouched.words.contains('\n'),
            "{vouched:?}"
        );
        vouched.dmarc
    }

    pub(crate) fn signed(&self, letter: &str) -> String {
        String::from_utf8(sign(letter.as_bytes(), &self.key, "s1", "there.example").unwrap()).unwrap()
    }
}

pub(crate) fn pass() -> Verdict {
    Verdict::Pass {
        domain: "there.example".to_owned(),
    }
}
