//! Comma-separated values (RFC 4180), read as spreadsheets and people write them. Nothing that is read can fail: what is
//! not well formed becomes cells all the same, and whoever uses them judges.

/// A row, and the line of the file it begins on, counted from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub line: usize,
    pub cells: Vec<String>,
}

/// The rows that hold anything. A cell in quotes may hold separators, line ends and, doubled, quotes; blanks around a
/// cell are dropped.
pub fn rows(text: &str, separator: char) -> Vec<Row> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut all = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut began, mut quoted) = (1, 1, false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted => quoted = false,
            '"' if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            c if c == separator && !quoted => cells.push(finished(&mut cell)),
            // A line ends with LF, CRLF or CR alone.
            '\r' if letters.peek() == Some(&'\n') => {}
            '\n' | '\r' => {
                line += 1;
                if quoted {
                    cell.push('\n');
                } else {
                    cells.push(finished(&mut cell));
                    keep(&mut all, began, &mut cells);
                    began = line;
                }
            }
            c => cell.push(c),
        }
    }
    cells.push(finished(&mut cell));
    keep(&mut all, began, &mut cells);
    all
}

fn finished(cell: &mut String) -> String {
    std::mem::take(cell).trim().to_string()
}

fn keep(all: &mut Vec<Row>, line: usize, cells: &mut Vec<String>) {
    let cells = std::mem::take(cells);
    if cells.iter().any(|cell| !cell.is_empty()) {
        all.push(Row { line, cells });
    }
}

/// Which of comma, semicolon and tab parts the cells: the one the first line has most of.
pub fn separator_of(text: &str) -> char {
    let first = text.lines().next().unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    let best = [';', '\t'].into_iter().max_by_key(|separator| count(*separator));
    best.filter(|separator| count(*separator) > count(',')).unwrap_or(',')
}

/// A cell as it is written. What a spreadsheet would run as a formula begins with an apostrophe.
pub fn cell(words: &str) -> String {
    let runs = words.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let safe = if runs { format!("'{words}") } else { words.to_string() };
    if safe.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
        let all = rows(text, separator);
        all.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn rows_are_read_as_spreadsheets_write_them() {
        let read = cells(
            "\u{feff}a, b \r\n\"1,5\",\"say \"\"so\"\"\"\r\n\r\n\"two\nlines\",x",
            ',',
        );
        let wanted = [(1, ["a", "b"]), (2, ["1,5", "say \"so\""]), (4, ["two\nlines", "x"])];
        let wanted = wanted.map(|(line, cells)| (line, cells.map(str::to_string).to_vec()));
        assert_eq!(read, wanted);
        assert_eq!(cells("a;b\rc;d", ';').len(), 2);
        assert!(cells(",,\n \n", ',').is_empty());
        assert_eq!(cells("\"never closed\nb,c", ',').len(), 1);
    }

    #[test]
    fn the_separator_is_the_one_there_is_most_of() {
        for (text, wanted) in [
            ("a,b,c", ','),
            ("a;b;c,d", ';'),
            ("a\tb\tc", '\t'),
            ("", ','),
            ("a;b,c", ','),
        ] {
            assert_eq!(separator_of(text), wanted, "{text:?}");
        }
    }

    #[test]
    fn what_is_written_is_read_again_and_never_runs() {
        for words in ["plain", "a,b", "a \"word\"", "two\nlines"] {
            assert_eq!(cells(&cell(words), ','), [(1, vec![words.to_string()])]);
        }
        for words in ["=1+1", "+1", "-1", "@sum", "\tx", "\rx"] {
            assert!(cell(words).trim_start_matches('"').starts_with('\''), "{words:?}");
        }
    }
}
