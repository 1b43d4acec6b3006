//! When the desk is open, in words.

use desk::chat::{Hours, week};
use desk::house::House;
use desk::words::Lang;

use crate::layout::Shell;

/// One sentence for each run of days with the same hours: "Monday to Friday, 8:00 to 16:30".
pub(super) fn hours(shell: &Shell, house: &House) -> Vec<String> {
    if house.chat.hours == Hours::Always {
        return vec![shell.t("chat-hours-always")];
    }
    let days = week(house);
    let mut said = Vec::new();
    let mut first = 0;
    while first < days.len() {
        let mut last = first;
        while last + 1 < days.len() && days[last + 1] == days[first] {
            last += 1;
        }
        let each = days[first].iter();
        said.extend(each.map(|period| sentence(shell, (first, last), *period)));
        first = last + 1;
    }
    said
}

fn sentence(shell: &Shell, (first, last): (usize, usize), (from, to): (u16, u16)) -> String {
    let day = |at: usize| shell.t(&format!("chat-day-{at}"));
    let (from, to) = (clock(shell.lang, from), clock(shell.lang, to));
    let times = shell.t2("chat-hours-times", "from", from, "to", to);
    if first == last {
        return shell.t2("chat-hours-day", "day", day(first), "times", times);
    }
    let days = shell.t2("chat-hours-days", "first", day(first), "last", day(last));
    shell.t2("chat-hours-day", "day", days, "times", times)
}

/// `8:30` and `8 h 30`.
fn clock(lang: Lang, minutes: u16) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60);
    match (lang, minute) {
        (Lang::En, _) => format!("{hour}:{minute:02}"),
        (Lang::Fr, 0) => format!("{hour}\u{a0}h"),
        (Lang::Fr, _) => format!("{hour}\u{a0}h\u{a0}{minute:02}"),
    }
}
