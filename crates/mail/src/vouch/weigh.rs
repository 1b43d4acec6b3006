//! One verdict out of what each way of vouching gave. Pure.

use super::{Proof, Verdict, Vouched, sealed};
use mail_auth::{ArcOutput, DkimOutput, DkimResult, DmarcOutput, DmarcResult, SpfOutput, SpfResult};

pub(super) fn weigh(
    domain: &str,
    dmarc: &DmarcOutput,
    spf: &SpfOutput,
    dkim: &[DkimOutput<'_>],
    arc: &ArcOutput<'_>,
    sealers: &[String],
) -> Vouched {
    let pass = || Verdict::Pass {
        domain: domain.to_owned(),
    };
    let sealer = sealed::vouches(arc, domain, sealers);
    let mut verdict = match dmarc.result() {
        DmarcResult::Pass => pass(),
        DmarcResult::TempError(_) => Verdict::TempError,
        DmarcResult::Fail(_) | DmarcResult::PermError(_) => Verdict::Fail,
        DmarcResult::None => Verdict::None,
    };
    let mut words = format!(
        "DMARC for {domain}: {}; SPF: {}; DKIM: {}; ARC: {}.",
        dmarc.result(),
        spf.result().to_string().to_lowercase(),
        dkim.first().map_or("none".to_owned(), |d| d.result().to_string()),
        arc.result()
    );
    if let (Verdict::Fail, Some(sealer)) = (&verdict, &sealer) {
        words = format!("{words} {sealer}, which is trusted, saw it pass before it was forwarded.");
        verdict = pass();
    }
    let words = words.chars().filter(|c| !c.is_control()).take(500).collect();
    Vouched {
        dmarc: verdict,
        spf: match spf.result() {
            SpfResult::Pass => Proof::Pass,
            SpfResult::Fail | SpfResult::SoftFail | SpfResult::PermError => Proof::Fail,
            SpfResult::Neutral | SpfResult::None => Proof::None,
            SpfResult::TempError => Proof::TempError,
        },
        dkim: best(dkim.iter().map(DkimOutput::result)),
        arc: proof(arc.result()),
        covered: Vec::new(),
        words,
    }
}

fn proof(result: &DkimResult) -> Proof {
    match result {
        DkimResult::Pass => Proof::Pass,
        DkimResult::TempError(_) => Proof::TempError,
        DkimResult::None => Proof::None,
        DkimResult::Neutral(_) | DkimResult::Fail(_) | DkimResult::PermError(_) => Proof::Fail,
    }
}

fn best<'a>(results: impl Iterator<Item = &'a DkimResult>) -> Proof {
    let rank = |p: &Proof| match p {
        Proof::Pass => 0,
        Proof::TempError => 1,
        Proof::Fail => 2,
        Proof::None => 3,
    };
    results.map(proof).min_by_key(rank).unwrap_or(Proof::None)
}
