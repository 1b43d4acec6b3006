//! Letters out of files: what was written comes back to the byte, in each dialect, and nothing is dropped.

use mail::mbox::{Folder, Found, Mbox};
use proptest::prelude::*;
use std::io::Cursor;

const MOST: usize = 1_000_000;

fn read(file: &[u8]) -> Vec<Vec<u8>> {
    let letters = Mbox::new(Cursor::new(file), MOST).map(|found| match found {
        Found::Letter { raw, .. } => raw,
        other => panic!("{other:?}"),
    });
    letters.collect()
}

/// As mboxrd writes it.
fn written(letters: &[Vec<u8>]) -> Vec<u8> {
    let mut file = Vec::new();
    for letter in letters {
        file.extend_from_slice(b"From ana@client.example Sat Jan  3 01:05:34 1998\n");
        for line in letter.split_inclusive(|b| *b == b'\n') {
            let marks = line.iter().take_while(|b| **b == b'>').count();
            if line[marks..].starts_with(b"From ") {
                file.push(b'>');
            }
            file.extend_from_slice(line);
        }
        file.push(b'\n');
    }
    file
}

/// With lengths and nothing quoted: mboxcl2.
fn written_with_lengths(bodies: &[Vec<u8>]) -> (Vec<u8>, Vec<Vec<u8>>) {
    let (mut file, mut letters) = (Vec::new(), Vec::new());
    for body in bodies {
        let letter = [
            format!("Subject: x\nContent-Length: {}\n\n", body.len()).into_bytes(),
            body.clone(),
        ]
        .concat();
        file.extend_from_slice(b"From - Sat Jan  3 01:05:34 1998\n");
        file.extend_from_slice(&letter);
        file.push(b'\n');
        letters.push(letter);
    }
    (file, letters)
}

fn bodies() -> impl Strategy<Value = Vec<Vec<u8>>> {
    let line = prop::sample::select(vec![
        "From ",
        ">From me\n",
        ">>From me\n",
        "From ana Sat Jan  3 01:05:34 1998\n",
        "\n",
        "\r\n",
        "Subject: x\n",
        "Content-Length: 5\n",
        "words",
        "> ",
        "From nobody\nTo: x\n",
    ]);
    let body = prop::collection::vec(line, 0..12).prop_map(|lines| (lines.concat() + "end\n").into_bytes());
    prop::collection::vec(body, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_comes_back(bodies in bodies()) {
        // A length would be believed before the quoting; letters with one are the other test's.
        let head = b"Subject: x\n\n".to_vec();
        let letters: Vec<_> = bodies.into_iter().map(|body| [head.clone(), body].concat()).collect();
        prop_assert_eq!(read(&written(&letters)), letters);
    }

    #[test]
    fn what_was_written_with_lengths_comes_back(bodies in bodies()) {
        let (file, letters) = written_with_lengths(&bodies);
        prop_assert_eq!(read(&file), letters);
    }

    #[test]
    fn every_byte_is_in_some_letter(bodies in bodies(), noise in prop::collection::vec(any::<u8>(), 0..40)) {
        let file = [noise, bodies.concat(), b"From x\n".to_vec()].concat();
        let found: Vec<_> = Mbox::new(Cursor::new(&file), MOST).collect();
        let words: usize = found.iter().map(|found| match found {
            Found::Letter { raw, .. } => raw.windows(5).filter(|w| w == b"words").count(),
            other => panic!("{other:?}"),
        }).sum();
        // The words of a separating line are the file's.
        let lines = file.split(|b| *b == b'\n').filter(|line| !line.starts_with(b"From "));
        let expected: usize = lines.map(|line| line.windows(5).filter(|w| w == b"words").count()).sum();
        prop_assert!(words >= expected, "{words} of {expected}");
    }
}

#[test]
fn the_dialects_by_hand() {
    let two = b"From a@b Sat Jan  3 01:05:34 1998\nSubject: 1\n\n>From here\nFrom what I hear, no.\n\nFrom c@d Sat Jan  3 01:05:34 +0000 1998\nSubject: 2\n\n";
    assert_eq!(
        read(two),
        [
            b"Subject: 1\n\nFrom here\nFrom what I hear, no.\n".to_vec(),
            b"Subject: 2\n".to_vec()
        ]
    );
    assert_eq!(read(b"Subject: bare\r\n\r\nx"), [b"Subject: bare\r\n\r\nx".to_vec()]);
    assert_eq!(
        read(b"From x\nA: 1\n\nb\n\nFrom y\nA: 2\n\nb"),
        [b"A: 1\n\nb\n".to_vec(), b"A: 2\n\nb".to_vec()]
    );
    assert_eq!(read(b"\n\nFrom x\n"), [b"".to_vec()]);
    assert!(read(b"").is_empty());
    let lie = b"From x\nContent-Length: 3\n\nabcdef\n\nFrom y Sat Jan  3 01:05:34 1998\nContent-Length: 1\n\nz\n";
    assert_eq!(
        read(lie),
        [
            b"Content-Length: 3\n\nabcdef\n".to_vec(),
            b"Content-Length: 1\n\nz\n".to_vec()
        ]
    );
}

#[test]
fn large_letters_are_named_and_the_next_ones_read() {
    let heavy = [
        b"From x\nSubject: heavy\n\n".to_vec(),
        vec![b'x'; 300_000],
        b"\n\n".to_vec(),
    ]
    .concat();
    let file = [heavy, b"From y Sat Jan  3 01:05:34 1998\nSubject: light\n\n\n".to_vec()].concat();
    let found: Vec<_> = Mbox::new(Cursor::new(&file), 100_000).collect();
    assert!(
        matches!(&found[0], Found::TooLarge { size, .. } if *size > 300_000),
        "{:?}",
        found[0]
    );
    assert!(
        matches!(&found[1], Found::Letter { raw, .. } if raw == b"Subject: light\n\n"),
        "{:?}",
        found[1]
    );
    assert_eq!(found.len(), 2);
}

#[test]
fn lengths_that_lie_cost_little() {
    let one = b"From x Sat Jan  3 01:05:34 1998\nContent-Length: 999999\n\nx\n\n";
    let file = one.repeat(50_000);
    let begun = std::time::Instant::now();
    assert_eq!(read(&file).len(), 50_000);
    assert!(begun.elapsed() < std::time::Duration::from_secs(10));
}

#[test]
fn a_folder_of_letters_and_other_things() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    write("b.EML", "Subject: b\n\n");
    write("a.eml", "Subject: a\n\n");
    write("box/cur/1:2,S", "Subject: c\n\n");
    write("notes.txt", "no letter");
    write("z.eml", &"x".repeat(200));
    std::os::unix::fs::symlink("/etc/passwd", folder.path().join("link.eml")).unwrap();
    let found: Vec<_> = Folder::new(folder.path(), 100).collect();
    let letter = |name: &str, raw: &str| Found::Letter {
        name: name.to_owned(),
        raw: raw.as_bytes().to_vec(),
    };
    let expected = [
        letter("a.eml", "Subject: a\n\n"),
        letter("b.EML", "Subject: b\n\n"),
        letter("box/cur/1:2,S", "Subject: c\n\n"),
        Found::Other {
            name: "link.eml".to_owned(),
        },
        Found::Other {
            name: "notes.txt".to_owned(),
        },
        Found::TooLarge {
            name: "z.eml".to_owned(),
            size: 200,
        },
    ];
    assert_eq!(found, expected);
    let absent: Vec<_> = Folder::new(&folder.path().join("absent"), 100).collect();
    assert!(matches!(absent.as_slice(), [Found::Unreadable { .. }]), "{absent:?}");
}
