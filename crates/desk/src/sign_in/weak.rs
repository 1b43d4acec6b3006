//! Passwords that are tried first: common words dressed up, keyboard rows, counting, one piece repeated. Of a list of
//! leaked passwords only those of twelve characters and more matter here, and nearly all of them are such.

/// What remains of a common password once digits, signs and disguises are taken off.
const WORDS: &str = "\
    abc abcd abcdef administrateur administrator admin aide alexandre alouette amour angel azerty azertyuiop \
    baseball basketball batman bienvenue blink bonjour bruins butterfly camille canada canadien canadiens \
    changeme charlie cheese chocolat chocolate computer connexion default doudou dragon entreprise facebook \
    firstline football freedom google guest habs hello helpdesk hockey house iloveyou invite jetaime jordan \
    letmein liverpool login loulou love lovely mapleleafs marseille master michael microsoft mickey monkey \
    montreal motdepasse mypassword newpassword nintendo nicolas office ordinateur ottawa pass passe passer \
    passphrase password pokemon poutine princess princesse qazwsx quebec qwerty qwertyuiop root salut samsung \
    school secret securite security service shadow soleil spring starwars summer ete hiver automne printemps \
    autumn winter sunshine superman support technicien technician temp test teste tester toronto trustno user \
    utilisateur vancouver welcome whatever windows work zxcvbn zxcvbnm correcthorsebatterystaple mon my the is \
    le un one new nouveau this your ton votre de super big january february march april may june july august \
    september october november december janvier fevrier mars avril mai juin juillet aout septembre octobre \
    novembre decembre";

/// Rows and alphabets people run along, each also read backwards.
const RUNS: &[&str] = &[
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
    "a1b2c3d4e5f6g7h8i9j0",
    "!@#$%^&*()_+",
];

pub(super) fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    repeats(&lower) || runs(&lower) || only_words(&lower)
}

/// Built on what anybody knows of the person: his name, his address, its domain.
pub(super) fn is_about(password: &str, about: &[&str]) -> bool {
    let letters = only_letters(&password.to_lowercase());
    about
        .iter()
        .flat_map(|text| text.split(['@', '.', ' ', '-', '_', '+']))
        .any(|piece| {
            let piece = only_letters(&piece.to_lowercase());
            // With the known piece taken out, what is left is no password.
            piece.chars().count() >= 4 && letters.contains(&piece) && letters.replace(&piece, "").chars().count() < 6
        })
}

/// One piece of up to six characters again and again: `abcabcabcabc`, `111111111111`.
fn repeats(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    (1..=6).any(|period| chars.iter().zip(chars.iter().skip(period)).all(|(a, b)| a == b))
}

/// Two thirds or more of it walks along a row.
fn runs(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let steps = |run: &str| {
        let walked = chars.windows(2).filter(|pair| {
            let (there, back) = (format!("{}{}", pair[0], pair[1]), format!("{}{}", pair[1], pair[0]));
            run.contains(&there) || run.contains(&back)
        });
        walked.count()
    };
    RUNS.iter()
        .any(|run| steps(run) * 3 >= (chars.len().saturating_sub(1)) * 2)
}

/// Nothing but common words, with digits and signs around and in place of letters.
fn only_words(text: &str) -> bool {
    let read = |text: &str| -> String { text.chars().filter_map(disguised).collect() };
    // A year at the end is a year; digits within a word are letters in disguise.
    let core = text.trim_matches(|c: char| !c.is_alphabetic());
    [only_letters(text), read(text), read(core)]
        .iter()
        .any(|letters| made_of_words(letters, 3))
}

fn made_of_words(letters: &str, most: u8) -> bool {
    if letters.is_empty() {
        return true;
    }
    most > 0
        && WORDS.split(' ').any(|word| {
            letters
                .strip_prefix(word)
                .is_some_and(|rest| made_of_words(rest, most - 1))
        })
}

fn only_letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).map(unaccented).collect()
}

/// A letter, or the letter a digit or a sign stands for; nothing for the rest.
fn disguised(c: char) -> Option<char> {
    match c {
        '0' => Some('o'),
        '1' | '!' => Some('i'),
        '3' => Some('e'),
        '4' | '@' => Some('a'),
        '5' | '$' => Some('s'),
        '7' => Some('t'),
        c if c.is_alphabetic() => Some(unaccented(c)),
        _ => None,
    }
}

fn unaccented(c: char) -> char {
    match c {
        'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'î' => 'i',
        'ô' => 'o',
        'û' => 'u',
        'ç' => 'c',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_everybody_tries_is_common() {
        for password in [
            "password1234",
            "Password2026!",
            "P@ssw0rd2026",
            "motdepasse123",
            "MotDePasse2026!",
            "qwertyuiop12",
            "azertyuiop!!",
            "123456789012",
            "210987654321",
            "111111111111",
            "abcabcabcabc",
            "abcdefghijkl",
            "1q2w3e4r5t6y",
            "Bienvenue2026",
            "welcome12345",
            "iloveyou1234",
            "Summer2026!!!",
            "Été2026-2026",
            "adminadmin12",
            "hockeyhockey1",
            "Montreal2026!",
            "firstline2026",
            "2026-11-21-20",
            "!!!!!!!!!!!!",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn a_sentence_is_not_common() {
        for password in [
            "seven wet larches",
            "le cèdre dort à midi",
            "x7$Kq9!vLm2pR",
            "Gravel-Otter-Lamp-41",
            "tournevis bleu sous la neige",
        ] {
            assert!(!is_common(password), "{password}");
            assert!(
                !is_about(password, &["Payroll office", "payroll@cedar.example"]),
                "{password}"
            );
        }
    }

    #[test]
    fn a_name_with_a_year_is_no_password() {
        let about = ["Payroll office", "payroll@cedar.example"];
        for password in ["payroll2026!", "Payroll-0000", "Payroll@Cedar1", "office123456"] {
            assert!(is_about(password, &about), "{password}");
        }
        assert!(!is_about("payroll is due on thursdays", &about));
    }
}
