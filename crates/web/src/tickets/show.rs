//! `GET /tickets/{number}`: the list, the conversation and the facts. The same page comes back with 422 or 409 when one
//! of its forms was refused.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use desk::drafts::Draft;
use desk::problems::Problem;
use desk::ratings::Rating;
use desk::tickets::{self, Linked, MessageKind, Stage, Status, Ticket, TimeRow};
use desk::{Context, Desk, MessageId, TicketNumber};

use super::again::{Again, brought_back, kind_of};
use super::choices::{self, Choice};
use super::clock::{ClockView, clock_view};
use super::draft::milliseconds;
use super::form::{FormView, view as form_view};
use super::lines::{LineView, Teller};
use super::load::{Found, Loaded, load};
use super::person::{PersonView, person_view};
use super::planned::Unsent;
use super::snooze::{SnoozeView, snooze_view};
use super::tasks::{Tasks, toast_with_steps};
use super::timeline::{Entry, timeline};
use super::toast::Toast;
use super::visit::Visit;
use crate::http::{Oops, Outcome};
use crate::inbox::{BulkToast, ListView, bulk_toast};
use crate::layout::{Shell, counts, respond_with};

/// Lines of the history beside the conversation.
const HISTORY: usize = 20;

#[derive(Template)]
#[template(path = "tickets/show.html")]
struct Page {
    shell: Shell,
    list: ListView,
    t: Ticket,
    subject: String,
    assignee: Option<String>,
    person: PersonView,
    entries: Vec<Entry>,
    clock: ClockView,
    snooze: SnoozeView,
    unsent: Unsent,
    /// Letters that carry its key and wait for somebody's word.
    waiting: Vec<(desk::LetterId, String)>,
    tags: Vec<String>,
    watchers: Vec<String>,
    watching: bool,
    links: Vec<Linked>,
    /// The problem behind it.
    problem: Option<Problem>,
    merged: Vec<TicketNumber>,
    history: Vec<LineView>,
    ratings: Vec<Rating>,
    assignees: Vec<Choice>,
    teams: Vec<Choice>,
    topics: Vec<Choice>,
    /// With every form, those too that are fetched when they are opened. What was refused comes with its words.
    whole: bool,
    kind: MessageKind,
    again: Again,
    drafts: Vec<Draft>,
    tasks: Tasks,
    form: FormView,
    /// The newest message of the page: a reply stops once when there is a newer one.
    seen: i64,
    /// The message whose words came back into the composer.
    back: Option<MessageId>,
    toast: Option<Toast>,
    bulk: Option<BulkToast>,
    /// Tickets an Undo of a bulk left as they were.
    kept: i64,
    /// The words were written; the status that was to go with them was not set.
    left: bool,
    /// The merged ticket that led here.
    from: Option<TicketNumber>,
    next: Option<TicketNumber>,
}

pub(crate) async fn show(visit: Visit) -> Outcome {
    render(visit, StatusCode::OK, Again::default()).await
}

pub(crate) async fn render(visit: Visit, status: StatusCode, again: Again) -> Outcome {
    let desk = visit.state.desk();
    let cx = visit.staff.cx.clone();
    tickets::look(desk, &cx, visit.number)
        .await
        .map_err(|e| Oops::from(e).in_language(visit.lang()))?;
    let (found, counts) = tokio::join!(load(desk, &cx, visit.number, &visit.at, &again), counts(desk, &cx));
    let loaded = match found.map_err(|e| Oops::from(e).in_language(visit.lang()))? {
        Found::Here(loaded) => loaded,
        Found::Went(root) if status == StatusCode::OK && !again.any() => {
            return Ok(Redirect::to(&visit.at.went(visit.number, root)).into_response());
        }
        // What was refused never goes by a redirect: its words and the reason stand on the page of the ticket kept.
        Found::Went(root) => return Box::pin(render(visit.on(root), status, again.went_along())).await,
    };
    let shell = Shell::desk(
        &visit.state,
        &visit.staff.seen,
        visit.nonce.clone(),
        "app-name",
        visit.at.wanted().key.to_string(),
    );
    let topics = format!("ticket:{} view:{}", visit.number, visit.at.wanted().key);
    let shell = shell.with_counts(counts?).following(topics);
    let unread = is_unread(&loaded);
    let page = page(&visit, &cx, shell, *loaded, again);
    let response = respond_with(status, &page)?;
    if !visit.ahead && status == StatusCode::OK && unread {
        // Nobody waits for the disk to read; a full or busy one keeps nobody from reading.
        tokio::spawn(looked(desk.clone(), cx, visit.number));
    }
    Ok(response)
}

/// Something was said that this reader has not seen, or he looks for the first time.
fn is_unread(loaded: &Loaded) -> bool {
    let newest = loaded.detail.messages.iter().map(|m| m.at).max();
    loaded
        .detail
        .read_at
        .is_none_or(|read| newest.is_some_and(|at| at > read))
}

/// Written only when there is something to write: a live refresh of an open page costs no transaction.
async fn looked(desk: Desk, cx: Context, number: TicketNumber) {
    if let Err(e) = desk.write(move |tx| tickets::mark_read(tx, &cx, number)).await {
        tracing::debug!(error = %e, "a read mark could not be kept");
    }
}

fn page(visit: &Visit, cx: &Context, shell: Shell, loaded: Loaded, again: Again) -> Page {
    let entries = timeline(&shell, &loaded, visit.at.all);
    let unsent = Unsent::of(&shell, &loaded);
    let (person, history) = (person_view(&shell, &loaded, visit.number), history(&shell, &loaded));
    let Loaded {
        detail,
        listed,
        bulk,
        known,
        done,
        back,
        ratings,
        drafts,
        tasks,
        form,
        waiting,
        problem,
        ..
    } = loaded;
    let (back, again) = brought_back(back, again);
    let (t, subject, shell) = titled(shell, detail.ticket);
    let list = ListView::new(&shell, listed, &known, Some(visit.number));
    let [team, topic, assignee] = chosen_in(&t);
    Page {
        next: list.after(visit.number),
        clock: clock_view(&shell, cx, &t),
        snooze: snooze_view(&shell, cx, &t),
        unsent,
        waiting,
        assignees: choices::of_technicians(&known.technicians, &assignee),
        teams: choices::of_teams(&shell, &known.teams, &team),
        topics: choices::of_topics(&shell, &known.topics, &topic),
        seen: detail.messages.iter().map(|m| m.id.0).max().unwrap_or(0),
        kind: kind_of(&again, &visit.at.kind),
        whole: visit.at.whole || again.any(),
        toast: done.and_then(|event| toast_with_steps(&shell, &event, &tasks)),
        bulk: bulk_toast(&shell, bulk),
        kept: visit.at.kept,
        left: visit.at.left,
        from: visit.at.from().filter(|n| detail.merged.contains(n)),
        assignee: detail.assignee.map(|a| a.name),
        watching: detail.watchers.iter().any(|w| w.id == cx.viewer.person),
        watchers: detail.watchers.into_iter().map(|w| w.name).collect(),
        tags: detail.tags,
        links: detail.links,
        problem,
        merged: detail.merged,
        back: back.map(|b| b.id),
        drafts,
        tasks,
        form: form_view(&shell, &form, &again),
        shell,
        list,
        t,
        subject,
        person,
        entries,
        history,
        ratings,
        again,
    }
}

fn titled(shell: Shell, t: Ticket) -> (Ticket, String, Shell) {
    let subject = subject_of(&shell, &t);
    let shell = shell.titled(format!("#{} {subject}", t.number));
    (t, subject, shell)
}

/// What is chosen in its lists: team, topic and assignee.
fn chosen_in(t: &Ticket) -> [String; 3] {
    let text = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    [t.team.map(|x| x.0), t.topic.map(|x| x.0), t.assignee.map(|x| x.0)].map(text)
}

pub(crate) fn subject_of(shell: &Shell, t: &Ticket) -> String {
    if t.subject.is_empty() {
        shell.t("no-subject")
    } else {
        t.subject.clone()
    }
}

fn history(shell: &Shell, loaded: &Loaded) -> Vec<LineView> {
    let teller = Teller::new(shell, loaded);
    let newest_first = loaded.detail.events.iter().rev();
    newest_first
        .flat_map(|event| teller.lines(event))
        .take(HISTORY)
        .collect()
}

impl Page {
    /// The address of one of this ticket's forms.
    fn to(&self, verb: &str) -> String {
        format!("/tickets/{}/{verb}?{}", self.t.number, self.list.query())
    }

    /// This page with all its forms, for the frames that fetch theirs when they are opened.
    fn whole_page(&self) -> String {
        format!("/tickets/{}?{}&whole=true", self.t.number, self.list.query())
    }

    /// The end of their names. A ticket that changed has other forms, and one that comes back with what was refused is
    /// not the one that was fetched: a frame that has its form is kept as it stands.
    fn frame(&self) -> String {
        if self.again.any() {
            "refused".into()
        } else {
            self.t.updated_at.0.to_string()
        }
    }

    /// As a number: a sentence that counts has a form for one.
    fn history_count(&self) -> i64 {
        i64::try_from(self.history.len()).unwrap_or(i64::MAX)
    }

    /// The time of an entry as it can be typed again.
    fn spent_value(&self, one: &TimeRow) -> String {
        let back = self.spent_wrong(one);
        if back {
            self.again.value("time-change", "spent").to_string()
        } else {
            one.minutes.to_string()
        }
    }

    fn spent_wrong(&self, one: &TimeRow) -> bool {
        self.again.why(&self.shell, "time-change", "spent").is_some()
            && self.again.value("time-change", "entry") == one.id.to_string()
    }

    fn is_done(&self) -> bool {
        self.t.status.stage() == Stage::Done
    }

    fn is_waiting(&self) -> bool {
        self.t.status.stage() == Stage::Waiting
    }

    fn is_mine(&self) -> bool {
        self.t.assignee.is_some_and(|a| a.0 == self.shell.me())
    }

    fn status_class(&self) -> &'static str {
        match self.t.status {
            Status::New | Status::Open => "is-open",
            Status::Pending | Status::OnHold | Status::Closed => "is-wait",
            Status::Solved => "is-ok",
        }
    }

    fn status_icon(&self) -> &'static str {
        match self.t.status {
            Status::New => "inbox",
            Status::Open => "circle-dot",
            Status::Pending => "hourglass",
            Status::OnHold => "pause",
            Status::Solved => "check",
            Status::Closed => "archive",
        }
    }

    fn status_words(&self, status: &Status) -> String {
        self.shell.t(&format!("status-{status}"))
    }

    fn priority_words(&self) -> String {
        self.shell.t(&format!("priority-{}", self.t.priority))
    }

    fn link_words(&self, kind: &tickets::LinkKind) -> String {
        self.shell.t(&format!("link-{kind}"))
    }

    fn impacts(&self) -> Vec<Choice> {
        choices::of_words(
            &self.shell,
            |w| format!("impact-{w}"),
            tickets::Impact::WORDS,
            self.t.impact.as_str(),
        )
    }

    fn urgencies(&self) -> Vec<Choice> {
        choices::of_words(
            &self.shell,
            |w| format!("urgency-{w}"),
            tickets::Urgency::WORDS,
            self.t.urgency.as_str(),
        )
    }

    /// By hand, or by the table of impact and urgency.
    fn priorities(&self) -> Vec<Choice> {
        let chosen = if self.t.priority_set {
            self.t.priority.as_str()
        } else {
            ""
        };
        let by_hand = choices::of_words(
            &self.shell,
            |w| format!("priority-{w}"),
            tickets::Priority::WORDS,
            chosen,
        );
        let by_table = choices::none(self.shell.t("priority-by-table"), !self.t.priority_set);
        std::iter::once(by_table).chain(by_hand).collect()
    }

    fn languages(&self) -> Vec<Choice> {
        choices::of_words(
            &self.shell,
            |w| format!("language-{w}"),
            desk::words::Lang::WORDS,
            self.t.language.as_str(),
        )
    }

    fn link_kinds(&self) -> Vec<Choice> {
        choices::of_words(
            &self.shell,
            |w| format!("link-{w}"),
            tickets::LinkKind::WORDS,
            "related",
        )
    }

    fn chosen<'a>(&self, list: &'a [Choice]) -> Option<&'a str> {
        list.iter()
            .find(|c| c.chosen && !c.value.is_empty())
            .map(|c| c.words.as_str())
    }

    fn tabs(&self) -> [Tab; 4] {
        let draft = |kind| self.drafts.iter().find(|draft| draft.kind == kind);
        let tab = |kind: MessageKind, verb: &str, icon| Tab {
            draft: draft(kind).map(|draft| draft.body.clone()).unwrap_or_default(),
            draft_at: draft(kind).map_or(0, |draft| milliseconds(draft.at)),
            kind,
            icon,
            name: self.shell.t(&format!("kind-{kind}")),
            url: self.to(verb),
            to: if kind == MessageKind::Reply {
                self.readers()
            } else {
                self.shell.t(&format!("readers-{kind}"))
            },
            go: self.shell.t(&format!("go-{kind}")),
            label: self.shell.t(&format!("label-{kind}")),
            placeholder: self.shell.t(&format!("placeholder-{kind}")),
            stay: self.then(kind, "stay"),
            wait: self.then(kind, "wait"),
            hold: self.then(kind, "hold"),
            solve: self.then(kind, "solve"),
            current: kind == self.kind,
        };
        [
            tab(MessageKind::Reply, "replies", "reply"),
            tab(MessageKind::Note, "notes", "lock"),
            tab(MessageKind::Call, "calls", "phone"),
            tab(MessageKind::Visit, "visits", "footprints"),
        ]
    }

    /// A reply is sent; what stays inside is kept.
    fn then(&self, kind: MessageKind, what: &str) -> String {
        let key = match kind {
            MessageKind::Reply => format!("then-{what}"),
            _ => format!("keep-{what}"),
        };
        self.shell.t(&key)
    }

    /// The composer's form, by what it writes now.
    fn form(&self) -> String {
        format!("compose-{}", self.kind)
    }

    /// A field of the composer that was refused.
    fn wrong(&self, field: &str) -> bool {
        self.again.why(&self.shell, &self.form(), field).is_some()
    }

    fn has_minutes(&self) -> bool {
        matches!(self.kind, MessageKind::Call | MessageKind::Visit)
    }

    /// Who will read a reply, or why nobody will.
    fn readers(&self) -> String {
        let address = if self.person.address.is_empty() {
            "readers-nobody"
        } else {
            "readers-reply"
        };
        self.shell.t1(address, "address", &self.person.address)
    }

    /// The language a reply is in: the requester's.
    fn writes_in(&self) -> String {
        self.shell.t(&format!("writes-in-{}", self.t.language))
    }

    fn tab(&self) -> Tab {
        let [reply, note, call, visit] = self.tabs();
        match self.kind {
            MessageKind::Note => note,
            MessageKind::Call => call,
            MessageKind::Visit => visit,
            MessageKind::Reply | MessageKind::Request => reply,
        }
    }
}

/// One way of answering, with all the composer must change for it.
struct Tab {
    kind: MessageKind,
    icon: &'static str,
    name: String,
    url: String,
    to: String,
    go: String,
    label: String,
    placeholder: String,
    /// The other ways to send it, by the status that goes with it.
    stay: String,
    wait: String,
    hold: String,
    solve: String,
    current: bool,
    /// What was typed here on another device, and when; nothing at 0.
    draft: String,
    draft_at: i64,
}
