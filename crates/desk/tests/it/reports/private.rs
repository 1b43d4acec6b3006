//! Reports are for the staff, and what a private team has is counted for those alone who may see it.

use desk::reports::{Asked, Report};
use desk::{Error, TeamId};

use super::this_month;
use crate::common::on_both;

#[test]
fn a_private_teams_tickets_are_counted_for_its_members_alone() {
    on_both(|small| {
        let (open, private) = (small.team("Service desk", false), small.team("Payroll", true));
        small.open_for(open);
        small.open_for(private);
        small.follow(100);
        for report in [Report::Volume, Report::Backlog] {
            let total = |cx: &desk::Context| {
                let found = small.report(cx, report, this_month(small)).unwrap();
                let named = found.parts.iter().any(|(name, _)| name == "Payroll");
                (found.total.opened + found.total.open, named)
            };
            let outside = small.viewer_of(small.technician.viewer.person);
            let admin = small.viewer_of(small.admin.viewer.person);
            assert_eq!((total(&outside), total(&admin)), ((1, false), (2, true)), "{report}");
        }
        let asked = |team: TeamId| Asked {
            team: Some(team),
            ..this_month(small)
        };
        let outside = small.viewer_of(small.technician.viewer.person);
        for nothing in [private, TeamId(999)] {
            let answer = small.report(&outside, Report::Volume, asked(nothing));
            assert_eq!(answer.unwrap_err(), Error::NotFound, "closed or none: the same");
        }
        small.join(private, small.technician.viewer.person);
        let member = small.viewer_of(small.technician.viewer.person);
        assert_eq!(
            small
                .report(&member, Report::Volume, asked(private))
                .unwrap()
                .total
                .opened,
            1
        );
    });
}

#[test]
fn a_ticket_given_to_a_private_team_leaves_the_figures_of_the_others() {
    on_both(|small| {
        let (open, private) = (small.team("Service desk", false), small.team("Payroll", true));
        let number = small.open_for(open);
        small.follow(100);
        let edit = desk::tickets::Edit {
            team: Some(Some(private)),
            ..desk::tickets::Edit::default()
        };
        small
            .write(&small.admin, move |tx, cx| desk::tickets::edit(tx, cx, number, &edit))
            .unwrap();
        small.follow(100);
        let outside = small.viewer_of(small.technician.viewer.person);
        let found = small.report(&outside, Report::Volume, this_month(small)).unwrap();
        assert!(found.is_empty() && found.parts.is_empty());
    });
}

#[test]
fn reports_are_for_the_staff() {
    on_both(|small| {
        for report in Report::ALL {
            let answer = small.report(
                &small.viewer_of(small.requester.viewer.person),
                *report,
                this_month(small),
            );
            assert_eq!(answer.unwrap_err(), Error::NotFound);
        }
    });
}
