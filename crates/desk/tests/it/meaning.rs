//! A model of meaning in a desk: kept whole or not at all, followed from the log, and nothing without one. The model is a
//! tiny one that means nothing; what a real one says is measured (`docs/quality.md`).

#[path = "../../../meaning/tests/it/tiny.rs"]
#[allow(dead_code, clippy::unwrap_used, reason = "the maker serves other tests too")]
mod tiny;

use std::fs;
use std::path::Path;

use desk::access::Role;
use desk::finding;
use desk::meaning::{self, Meant, Models, NotKept, Wrong};
use desk::suggestions::{self, Asked, Near, TargetKind};
use desk::tickets::{self, Channel, NewTicket, Solution};
use desk::words::Lang;
use desk::{PersonId, TicketNumber};
use tempfile::TempDir;

use crate::mail::desk::{TestDesk, each};

/// The marks, and enough English that the model passes for one that knows it.
const WORDS: [&str; 14] = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "printer",
    "password",
    "computer",
    "screen",
    "keyboard",
    "network",
    "tunnel",
    "drops",
    "silent",
    "loudspeaker",
];

struct Bench<'a> {
    d: &'a TestDesk,
    requester: PersonId,
    technician: PersonId,
    models: Models,
    _folder: TempDir,
}

impl<'a> Bench<'a> {
    fn new(d: &'a TestDesk) -> Bench<'a> {
        let folder = tempfile::tempdir().unwrap();
        Bench {
            d,
            requester: d.person("cedar@requester.example", Role::Requester),
            technician: d.person("technician@desk.example", Role::Technician),
            models: Models::new(&folder.path().join("models")),
            _folder: folder,
        }
    }

    fn add(&self) {
        let model = tiny::of(&WORDS);
        self.models.add(model.path(), "tiny").unwrap();
    }

    fn open(&self, subject: &str, language: Lang) -> TicketNumber {
        let cx = self.d.cx();
        let new = NewTicket {
            language: Some(language),
            ..NewTicket::new(self.requester, Channel::Phone, subject, "It is so.")
        };
        self.d.write(move |tx| Ok(tickets::open(tx, &cx, &new)?.number))
    }

    fn solve(&self, number: TicketNumber) {
        let cx = self.d.as_person(self.technician);
        let solution = Solution {
            steps: "Turn the screen on.".into(),
            ..Solution::default()
        };
        self.d
            .write(move |tx| tickets::solve(tx, &cx, number, &solution).map(drop));
    }

    /// The index and the points follow the log to its end.
    fn follow(&self) {
        self.d.until_told();
        self.d.wait(finding::catch_up(&self.d.desk)).unwrap();
        self.d.wait(meaning::catch_up(&self.d.desk, &self.models)).unwrap();
    }

    fn points(&self) -> usize {
        self.d.desk.meaning().status().map_or(0, |status| status.points)
    }

    fn asked(&self, text: &str, meant: Option<Meant>) -> Asked {
        let now = self.d.cx().now;
        Asked {
            text: text.into(),
            language: Lang::En,
            closed_gates: Vec::new(),
            of: None,
            known_before: now.plus(1),
            learnt_before: now,
            meant,
        }
    }

    fn ranked(&self, asked: Asked) -> Vec<Near> {
        let desk = self.d.desk.clone();
        self.d
            .read(move |r| suggestions::ranked(r, desk.index(), &asked, TargetKind::Ticket, 10))
    }
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn a_model_is_kept_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().join("models");
    let models = Models::new(&at);
    assert!(models.current().unwrap().is_none() && !models.remove().unwrap());
    let good = tiny::of(&WORDS);
    let kept = models.add(good.path(), "tiny\u{7}").unwrap();
    assert_eq!((kept.name.as_str(), kept.dimension), ("tiny", tiny::HIDDEN));
    assert_eq!(
        models.add(good.path(), "tiny").unwrap(),
        kept,
        "the same again is the same"
    );
    let before = names(&at);

    fs::remove_file(good.path().join("1_Pooling/config.json")).unwrap();
    let NotKept::Unfit(unfit) = models.add(good.path(), "tiny").unwrap_err() else {
        panic!("not for the disk")
    };
    assert_eq!(
        (unfit.file.as_str(), unfit.wrong),
        ("1_Pooling/config.json", Wrong::Missing)
    );
    assert_eq!(models.current().unwrap(), Some(kept));
    assert_eq!(names(&at), before, "nothing of the other is left");
    assert!(models.remove().unwrap() && models.current().unwrap().is_none());
    assert!(names(&at).is_empty());
}

#[test]
fn texts_have_points_in_the_languages_the_model_knows_and_as_long_as_they_are_there() {
    each(|d| {
        let bench = Bench::new(d);
        let first = bench.open("The tunnel drops", Lang::En);
        bench.open("Le tunnel tombe", Lang::Fr);
        bench.follow();
        assert_eq!(d.desk.meaning().status(), None);
        bench.add();
        bench.follow();
        let status = d.desk.meaning().status().unwrap();
        assert_eq!(
            (status.points, status.waiting, status.languages),
            (1, 0, vec![Lang::En])
        );
        let second = bench.open("The loudspeaker is silent", Lang::En);
        bench.follow();
        assert_eq!(bench.points(), 2);
        let cx = d.as_person(bench.technician);
        d.write(move |tx| tickets::merge(tx, &cx, second, first).map(drop));
        bench.follow();
        assert_eq!(bench.points(), 1, "a ticket that was merged is not there");
        bench.solve(first);
        bench.follow();
        assert_eq!(bench.points(), 2, "a solution is a text of its own");
        bench.models.remove().unwrap();
        bench.follow();
        assert_eq!(d.desk.meaning().status(), None);
    });
}

#[test]
fn a_point_is_reckoned_once() {
    each(|d| {
        let bench = Bench::new(d);
        bench.open("The tunnel drops", Lang::En);
        bench.open("The loudspeaker is silent", Lang::En);
        bench.add();
        bench.follow();
        let file = bench.models.points(&bench.models.current().unwrap().unwrap());
        let long = fs::metadata(&file).unwrap().len();
        bench.follow();
        assert_eq!(fs::metadata(&file).unwrap().len(), long);
        assert_eq!(bench.points(), 2);
        // The control: without the file they are reckoned again.
        fs::remove_file(&file).unwrap();
        bench.follow();
        assert_eq!(bench.points(), 2);
        assert_eq!(fs::metadata(&file).unwrap().len(), long);
    });
}

#[test]
fn without_a_model_nothing_is_otherwise_and_with_one_no_word_need_be_shared() {
    each(|d| {
        let bench = Bench::new(d);
        let same = bench.open("The tunnel drops", Lang::En);
        bench.open("The loudspeaker is silent", Lang::En);
        bench.open("The keyboard and the network", Lang::En);
        bench.follow();
        let before = bench.ranked(bench.asked("the tunnel drops", None));
        bench.add();
        bench.follow();
        let meaning = d.desk.meaning();
        assert!(
            meaning.meant("le tunnel", Lang::Fr, None).is_none(),
            "a language it does not know"
        );
        assert_eq!(bench.ranked(bench.asked("the tunnel drops", None)), before);

        let meant = meaning.meant("the tunnel drops", Lang::En, None);
        let ids = |near: Vec<Near>| near.into_iter().map(|near| near.id).collect::<Vec<_>>();
        let asked = bench.asked("the tunnel drops", meant);
        let found = ids(bench.ranked(asked.clone()));
        assert!(
            found.len() == 2 && found[0] == same.0,
            "one shares no word with it: {found:?}"
        );
        let closed = Asked {
            closed_gates: vec![0],
            ..asked.clone()
        };
        assert!(
            bench.ranked(closed).is_empty(),
            "what lies behind a closed door is not there"
        );
        let long_ago = Asked {
            known_before: d.cx().now.plus(-1),
            ..asked.clone()
        };
        assert!(bench.ranked(long_ago).is_empty(), "what came later is not known");
        let own = Asked {
            of: Some(same.0),
            ..asked
        };
        let found = ids(bench.ranked(own));
        assert!(
            !found.is_empty() && !found.contains(&same.0),
            "a ticket is no answer to itself: {found:?}"
        );

        bench.models.remove().unwrap();
        bench.follow();
        assert!(d.desk.meaning().meant("the tunnel drops", Lang::En, None).is_none());
        assert_eq!(bench.ranked(bench.asked("the tunnel drops", None)), before);
    });
}

#[test]
fn a_model_that_went_bad_on_the_disk_is_named_and_the_desk_goes_on() {
    each(|d| {
        let bench = Bench::new(d);
        bench.open("The tunnel drops", Lang::En);
        bench.add();
        let kept = bench.models.current().unwrap().unwrap();
        let folder = bench.models.points(&kept).with_extension("");
        fs::write(folder.join("model.safetensors"), "x").unwrap();
        bench.follow();
        let status = d.desk.meaning().status().unwrap();
        assert_eq!(status.unfit.unwrap().wrong, Wrong::Broken);
        assert!(!bench.ranked(bench.asked("the tunnel drops", None)).is_empty());
    });
}
