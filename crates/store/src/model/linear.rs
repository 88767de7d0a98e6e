//! Whether answers that were given at once could have been given one after another.
//!
//! The search is Wing and Gong's ("Testing and verifying concurrent objects", 1993) with Lowe's memory
//! of what was tried: some operation that no other had ended before must have come first.

use std::collections::HashSet;

use super::spec::{Answer, Op, State};

/// Most operations of a history.
pub(super) const OPERATIONS_MAX: usize = 128;

/// Most orders tried: a life that needs more has too many operations without an answer.
const TRIED_MAX: usize = 2_000_000;

/// An operation as its caller saw it.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) op: Op,
    /// None if it isn't known whether it happened.
    pub(super) answer: Option<Answer>,
    pub(super) began: u64,
    /// `u64::MAX` if it isn't known: it may happen until the end, or never.
    pub(super) ended: u64,
}

/// A history to read.
pub(super) fn told(history: &[Event]) -> String {
    let lines: Vec<_> = history.iter().map(|it| format!("{it:?}")).collect();
    lines.join("\n")
}

/// Whether some order of the operations explains all the answers.
pub(super) fn explain(start: &State, history: &[Event]) -> bool {
    assert!(history.len() <= OPERATIONS_MAX, "a history is too long: {}", history.len());
    let mut tried = HashSet::new();
    search(history, 0, start.clone(), &mut tried)
}

fn search(history: &[Event], done: u128, state: State, tried: &mut HashSet<(u128, State)>) -> bool {
    let open = |it: &(usize, &Event)| done & (1 << it.0) == 0;
    let known = history.iter().enumerate().filter(open).filter(|(_, it)| it.answer.is_some());
    let Some(first_end) = known.map(|(_, it)| it.ended).min() else { return true };
    if !tried.insert((done, state.clone())) {
        return false;
    }
    assert!(tried.len() < TRIED_MAX, "too many orders: {}", told(history));
    let mut candidates: Vec<_> =
        history.iter().enumerate().filter(open).filter(|(_, it)| it.began < first_end).collect();
    // Those that are known to have happened first: the others are seldom needed.
    candidates.sort_by_key(|(_, it)| it.ended);
    candidates.into_iter().any(|(index, event)| {
        let next = state.after(&event.op, event.answer.as_ref());
        next.is_some_and(|it| search(history, done | (1 << index), it, tried))
    })
}

#[cfg(test)]
mod tests {
    use super::super::spec::Found;
    use super::*;

    fn event(op: Op, answer: Option<Answer>, began: u64, ended: u64) -> Event {
        Event { op, answer, began, ended }
    }

    #[test]
    fn a_history_is_explained_or_not() {
        let find =
            |answer, began, ended| event(Op::Find, Some(Answer::Found(answer)), began, ended);
        let create = |answer, began, ended| event(Op::Create, answer, began, ended);
        let created = Some(Answer::Created(7));
        let state = State::default();
        for (wanted, history) in [
            (true, vec![create(created.clone(), 1, 2), find(Some(7), 3, 4)]),
            (false, vec![create(created.clone(), 1, 2), find(None, 3, 4)]),
            (true, vec![create(created.clone(), 1, 4), find(None, 2, 3)]),
            (false, vec![create(created.clone(), 1, 6), find(Some(7), 2, 3), find(None, 4, 5)]),
            (true, vec![create(None, 1, u64::MAX), find(None, 2, 3), find(Some(7), 4, 5)]),
            (true, vec![create(None, 1, u64::MAX), find(None, 2, 3)]),
            (false, vec![find(Some(7), 2, 3)]),
        ] {
            assert_eq!(explain(&state, &history), wanted, "{history:?}");
        }
        let get =
            |answer: Found| event(Op::Get { space: 7, key: 0 }, Some(Answer::Object(answer)), 5, 6);
        let history = [create(created, 1, 2), get(None)];
        assert!(explain(&state, &history));
    }
}
