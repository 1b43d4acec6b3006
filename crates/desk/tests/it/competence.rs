//! What people can do: the self-assessment that loses nothing, the lead's word, who reads what, targets, skills,
//! certifications and their reminders.

use desk::clock::DAY;
use desk::competence::{self, Answer, Area, Level, NewCertification, NewSkill, Statement, Target, Targets};
use desk::jobs::{self, JobKind};
use desk::mailboxes::boxes::{self, MailboxFields};
use desk::people::{self, NewPerson};
use desk::words::Both;
use desk::{Context, Error, PersonId, Result, TeamId, Time, teams};

use crate::common::{Small, key_of, on_both};

/// Beside the three people of the desk: a lead of the technician's team, a colleague in it, and the lead of another.
pub(crate) struct Crew {
    pub(crate) team: TeamId,
    pub(crate) lead: Context,
    pub(crate) junior: Context,
    pub(crate) colleague: Context,
    pub(crate) elsewhere: Context,
}

impl Crew {
    pub(crate) fn of(small: &Small) -> Crew {
        use desk::access::Role;
        let add = |name: &str, address: &str, role| {
            let new = NewPerson::new(name, address, role);
            small
                .write(&small.desk, move |tx, cx| people::add(tx, cx, &new))
                .unwrap()
        };
        let (team, other) = (small.team("Front", false), small.team("Back", false));
        let lead = add("Larch", "larch@desk.example", Role::Supervisor);
        let colleague = add("Maple", "maple@desk.example", Role::Technician);
        let elsewhere = add("Birch", "birch@desk.example", Role::Supervisor);
        let junior = small.technician.viewer.person;
        for (team, person, leads) in [
            (team, lead, true),
            (team, junior, false),
            (team, colleague, false),
            (other, elsewhere, true),
        ] {
            small.join(team, person);
            small
                .write(&small.admin, move |tx, cx| teams::lead(tx, cx, team, person, leads))
                .unwrap();
        }
        Crew {
            team,
            lead: small.viewer_of(lead),
            junior: small.viewer_of(junior),
            colleague: small.viewer_of(colleague),
            elsewhere: small.viewer_of(elsewhere),
        }
    }
}

fn level(number: i64) -> Level {
    Level::new(number).unwrap()
}

fn answer_all(small: &Small, cx: &Context, answer: Answer) {
    small
        .write(cx, move |tx, cx| {
            competence::begin(tx, cx)?;
            Statement::all().try_for_each(|statement| competence::answer(tx, cx, statement, answer))
        })
        .unwrap();
}

fn finish(small: &Small, cx: &Context) -> Result<()> {
    small.write(cx, |tx, cx| competence::finish(tx, cx).map(drop))
}

fn say(small: &Small, by: &Context, of: &Context, area: Area, number: i64) -> Result<()> {
    let person = of.viewer.person;
    small.write(by, move |tx, cx| {
        competence::assess(tx, cx, person, area, level(number), "Seen at the counter.").map(drop)
    })
}

#[test]
fn a_self_assessment_loses_nothing_and_the_next_begins_from_its_answers() {
    on_both(|small| {
        let me = &small.technician;
        let one = Statement::parse("support-1-2").unwrap();
        let answer = |answer| small.write(me, move |tx, cx| competence::answer(tx, cx, one, answer));
        assert_eq!(answer(Answer::Alone), Err(Error::Conflict("conflict-no-assessment")));
        let begun = small.write(me, competence::begin).unwrap();
        answer(Answer::WithHelp).unwrap();
        answer(Answer::Alone).unwrap();
        assert_eq!(
            small.write(me, competence::begin).unwrap(),
            begun,
            "the one that is open goes on"
        );
        let sheet = small.read(me, competence::open).unwrap().unwrap();
        assert_eq!(sheet.answers.get(&one), Some(&Answer::Alone), "the last word counts");
        assert_eq!((sheet.left(), sheet.next()), (71, Statement::parse("business-1-1")));
        assert_eq!(
            finish(small, me),
            Err(Error::refused_at("answers", "refused-answers-left", 71))
        );
        answer_all(small, me, Answer::Shows);
        finish(small, me).unwrap();
        assert!(small.read(me, competence::open).unwrap().is_none());
        let again = small.write(me, competence::begin).unwrap();
        assert_ne!(again, begun);
        assert_eq!(small.read(me, competence::open).unwrap().unwrap().left(), 0);
        small
            .write(me, move |tx, cx| {
                Statement::of(Area::Support)
                    .filter(|statement| statement.level == 2)
                    .try_for_each(|statement| competence::answer(tx, cx, statement, Answer::WithHelp))
            })
            .unwrap();
        finish(small, me).unwrap();
        let person = me.viewer.person;
        let done = small
            .read(me, move |r, cx| competence::finished(r, cx, person))
            .unwrap();
        let support: Vec<i64> = done.iter().map(|one| one.levels[&Area::Support].number()).collect();
        assert_eq!(support, [1, 3], "the newest first, the first as it was");
        assert_eq!(done[0].levels.len(), 6);
        assert_eq!(
            small.count("SELECT count(*) FROM event WHERE kind = 'self_assessed'"),
            2
        );
    });
}

#[test]
fn only_the_person_and_his_lead_read_it() {
    on_both(|small| {
        let crew = Crew::of(small);
        let person = crew.junior.viewer.person;
        for (who, sees) in [
            (&crew.junior, true),
            (&crew.lead, true),
            (&crew.colleague, false),
            (&crew.elsewhere, false),
            (&small.admin, false),
            (&small.requester, false),
        ] {
            let name = &who.viewer.name;
            let wanted = if sees { Ok(()) } else { Err(Error::NotFound) };
            let all = [
                small.read(who, move |r, cx| competence::seen(r, cx, person).map(drop)),
                small.read(who, move |r, cx| competence::finished(r, cx, person).map(drop)),
                small.read(who, move |r, cx| competence::said_of(r, cx, person).map(drop)),
                small.read(who, move |r, cx| competence::rated(r, cx, person).map(drop)),
                small.read(who, move |r, cx| competence::certifications(r, cx, person).map(drop)),
                small.read(who, move |r, cx| competence::solved(r, cx, person).map(drop)),
            ];
            assert!(all.iter().all(|one| *one == wanted), "{name}: {all:?}");
        }
        let led = |who: &Context| small.read(who, |r, cx| competence::matrix(r, cx).map(drop));
        assert_eq!(led(&crew.lead), Ok(()));
        for who in [&crew.junior, &crew.colleague, &small.admin, &small.requester] {
            assert_eq!(led(who), Err(Error::NotFound), "{}", who.viewer.name);
        }
    });
}

#[test]
fn a_lead_speaks_of_those_he_leads_and_never_of_himself() {
    on_both(|small| {
        let crew = Crew::of(small);
        for who in [&crew.junior, &crew.colleague, &crew.elsewhere, &small.admin] {
            let name = &who.viewer.name;
            assert_eq!(
                say(small, who, &crew.junior, Area::Support, 2),
                Err(Error::NotFound),
                "{name}"
            );
        }
        assert_eq!(
            say(small, &crew.lead, &crew.lead, Area::Support, 3),
            Err(Error::NotFound)
        );
        let person = crew.junior.viewer.person;
        let without = small.write(&crew.lead, move |tx, cx| {
            competence::assess(tx, cx, person, Area::Support, level(2), " ")
        });
        assert_eq!(
            key_of(without),
            "refused-empty",
            "a level without a reason helps nobody"
        );
        let support = || {
            small
                .read(&crew.lead, move |r, _| competence::support_level(r, person))
                .unwrap()
        };
        assert_eq!(support(), None);
        say(small, &crew.lead, &crew.junior, Area::Support, 2).unwrap();
        say(small, &crew.lead, &crew.junior, Area::Testing, 3).unwrap();
        assert_eq!(support(), Level::new(2));
        say(small, &crew.lead, &crew.junior, Area::Support, 1).unwrap();
        assert_eq!(support(), Level::new(1), "the newest word counts");
        let said = small
            .read(&crew.junior, move |r, cx| competence::said_of(r, cx, person))
            .unwrap();
        assert_eq!(said.len(), 3, "the others stay");
        let told = small.count("SELECT count(*) FROM audit WHERE action = 'competence-assessed' AND data = 'support'");
        assert_eq!(told, 2, "that it was said, not what");
    });
}

#[test]
fn the_matrix_goes_by_name_and_says_whether_enough_can_do_what_is_wanted() {
    on_both(|small| {
        let crew = Crew::of(small);
        answer_all(small, &crew.junior, Answer::Shows);
        finish(small, &crew.junior).unwrap();
        say(small, &crew.lead, &crew.junior, Area::Support, 2).unwrap();
        say(small, &crew.lead, &crew.colleague, Area::Support, 1).unwrap();
        let team = crew.team;
        let set = |who: &Context, people: i64| {
            let target = Target {
                level: level(2),
                people,
            };
            let targets = Targets::from([(Area::Support, target), (Area::Design, target)]);
            small.write(who, move |tx, cx| {
                competence::set_targets(tx, cx, team, &targets).map(drop)
            })
        };
        for who in [&crew.junior, &crew.elsewhere, &small.admin] {
            assert_eq!(set(who, 2), Err(Error::NotFound));
        }
        assert_eq!(key_of(set(&crew.lead, 100)), "refused-target-people");
        set(&crew.lead, 2).unwrap();
        let all = small.read(&crew.lead, competence::matrix).unwrap();
        assert_eq!(all.len(), 1);
        let matrix = &all[0];
        let names: Vec<&str> = matrix.lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(names, ["Bench", "Larch", "Maple"]);
        assert_eq!(matrix.cover(Area::Support), 1, "the lead's word comes before one's own");
        assert_eq!(
            matrix.cover(Area::Design),
            1,
            "one's own where the lead has said nothing"
        );
        assert_eq!(matrix.cover(Area::Testing), 0);
        assert_eq!(matrix.lines[0].own[&Area::Support], level(3));
        let teams = vec![team];
        let wanted = small
            .read(&crew.junior, move |r, _| competence::target_of(r, &teams))
            .unwrap();
        assert_eq!(wanted.get(&Area::Support), Some(&level(2)));
        assert_eq!(wanted.get(&Area::Security), None);
    });
}

#[test]
fn what_a_team_wants_keeps_no_team_from_going() {
    on_both(|small| {
        let crew = Crew::of(small);
        let team = crew.elsewhere.viewer.leads[0];
        let targets = Targets::from([(
            Area::Support,
            Target {
                level: level(1),
                people: 1,
            },
        )]);
        small
            .write(&crew.elsewhere, move |tx, cx| {
                competence::set_targets(tx, cx, team, &targets)
            })
            .unwrap();
        small
            .write(&small.admin, move |tx, cx| teams::remove(tx, cx, team))
            .unwrap();
        assert_eq!(small.count("SELECT count(*) FROM team_target"), 0);
    });
}

#[test]
fn skills_of_the_desk_are_kept_by_leads_and_rated_from_both_sides() {
    on_both(|small| {
        let crew = Crew::of(small);
        let add = |who: &Context, en: &str| {
            let new = NewSkill {
                name: Both::new(en, "Paie"),
                ..NewSkill::default()
            };
            small.write(who, move |tx, cx| competence::add_skill(tx, cx, &new))
        };
        for who in [&crew.junior, &small.requester] {
            assert_eq!(add(who, "Payroll").unwrap_err(), Error::NotFound);
        }
        let skill = add(&crew.lead, "Payroll").unwrap();
        assert_eq!(
            key_of(add(&small.admin, "Pay")),
            "refused-skill-there",
            "of one name in French"
        );
        let person = crew.junior.viewer.person;
        let rate = |who: &Context, number: i64| {
            small.write(who, move |tx, cx| {
                competence::rate(tx, cx, person, skill, Level::new(number)).map(drop)
            })
        };
        rate(&crew.junior, 3).unwrap();
        rate(&crew.lead, 1).unwrap();
        for who in [&crew.colleague, &crew.elsewhere, &small.admin] {
            assert_eq!(rate(who, 2), Err(Error::NotFound));
        }
        let rated = small
            .read(&crew.lead, move |r, cx| competence::rated(r, cx, person))
            .unwrap();
        assert_eq!((rated[0].own, rated[0].lead), (Level::new(3), Level::new(1)));
        small
            .write(&crew.lead, move |tx, cx| competence::retire_skill(tx, cx, skill, true))
            .unwrap();
        assert_eq!(key_of(rate(&crew.junior, 2)), "refused-no-such-skill");
    });
}

fn certification(expires: Time) -> NewCertification {
    NewCertification {
        name: "A+".into(),
        issuer: "CompTIA".into(),
        obtained_at: Some(Time(0)),
        expires_at: Some(expires),
        ..NewCertification::default()
    }
}

#[test]
fn certifications_are_ones_own_and_come_back() {
    on_both(|small| {
        let crew = Crew::of(small);
        let expires = small.desk.now.plus(400 * DAY);
        let add = |new: NewCertification| {
            small.write(&crew.junior, move |tx, cx| competence::add_certification(tx, cx, &new))
        };
        assert_eq!(key_of(add(certification(Time(-1)))), "refused-ends-before");
        let id = add(certification(expires)).unwrap();
        for who in [&crew.lead, &crew.colleague, &small.admin] {
            let taken = small.write(who, move |tx, cx| competence::remove_certification(tx, cx, id));
            assert_eq!(taken, Err(Error::NotFound));
        }
        let person = crew.junior.viewer.person;
        let count = |who: &Context| {
            small
                .read(who, move |r, cx| competence::certifications(r, cx, person))
                .unwrap()
                .len()
        };
        assert_eq!(count(&crew.lead), 1);
        small
            .write(&crew.junior, move |tx, cx| competence::remove_certification(tx, cx, id))
            .unwrap();
        assert_eq!(count(&crew.junior), 0);
        small
            .write(&crew.junior, move |tx, cx| {
                competence::restore_certification(tx, cx, id)
            })
            .unwrap();
        assert_eq!(count(&crew.junior), 1);
    });
}

fn mailbox(small: &Small) {
    small
        .write(&small.desk, |tx, cx| {
            boxes::add(tx, cx, &MailboxFields::new("help@desk.example"))
        })
        .unwrap();
}

/// Runs what is due of the reminders at that moment, each job once, and says how many letters there are.
fn letters_at(small: &Small, person: PersonId, at: Time) -> i64 {
    let cx = Context {
        now: at,
        ..small.desk.clone()
    };
    small
        .write(&cx, |tx, cx| {
            for job in jobs::claim(tx, JobKind::RemindCertification, cx.now, 100)? {
                competence::remind_when_due(tx, cx, desk::CertificationId(job.subject))?;
                competence::remind_when_due(tx, cx, desk::CertificationId(job.subject))?;
                jobs::done(tx, job.id)?;
            }
            Ok(())
        })
        .unwrap();
    small.count_of("SELECT count(*) FROM outgoing WHERE person = $1", person.0)
}

#[test]
fn its_owner_is_told_before_it_ends_and_on_the_day_once_each() {
    on_both(|small| {
        mailbox(small);
        let person = small.technician.viewer.person;
        let expires = small.desk.now.plus(100 * DAY);
        let add = |expires| {
            let new = certification(expires);
            small.write(&small.technician, move |tx, cx| {
                competence::add_certification(tx, cx, &new)
            })
        };
        let id = add(expires).unwrap();
        let told = |days: i64| letters_at(small, person, expires.plus(days * DAY));
        assert_eq!(told(-61), 0);
        assert_eq!(told(-60), 1);
        assert_eq!(told(-15), 1);
        assert_eq!(told(-14), 2);
        let new = certification(expires.plus(1000 * DAY));
        small
            .write(&small.technician, move |tx, cx| {
                competence::edit_certification(tx, cx, id, &new)
            })
            .unwrap();
        assert_eq!(told(1), 2, "it was renewed");
        assert_eq!(
            told(1000),
            3,
            "the day itself, though the two moments before went by unseen"
        );
        add(small.desk.now.plus(-DAY)).unwrap();
        assert_eq!(told(2000), 3, "what was over when it was written down is not told");
    });
}
