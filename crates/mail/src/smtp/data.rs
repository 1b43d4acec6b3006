//! The contents of a letter between DATA and its end, without the protocol's dots. Only a line
//! with a single dot between two CR LF ends it: a lone line feed or carriage return is contents
//! like any other byte, so no server before us can be made to see a different end. Pure.

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    LineStart,
    Dot,
    DotCr,
    Middle,
    Cr,
}

/// Reads the contents piece by piece.
#[derive(Debug)]
pub(super) struct Reader {
    state: State,
}

impl Reader {
    pub(super) fn new() -> Reader {
        Reader {
            state: State::LineStart,
        }
    }

    /// Takes bytes until the end of the letter; returns how many were taken, and whether the end
    /// was among them.
    pub(super) fn take(&mut self, input: &[u8], out: &mut Vec<u8>) -> (usize, bool) {
        let mut at = 0;
        while at < input.len() {
            if self.state == State::Middle {
                // Runs without a carriage return need no look at each byte.
                let run = input[at..].iter().position(|b| *b == b'\r').unwrap_or(input.len() - at);
                out.extend_from_slice(&input[at..at + run]);
                at += run;
                if at == input.len() {
                    break;
                }
            }
            let byte = input[at];
            at += 1;
            if self.step(byte, out) {
                return (at, true);
            }
        }
        (at, false)
    }

    fn step(&mut self, byte: u8, out: &mut Vec<u8>) -> bool {
        match (self.state, byte) {
            (State::LineStart, b'.') => self.state = State::Dot,
            (State::Dot, b'\r') => self.state = State::DotCr,
            (State::DotCr, b'\n') => return true,
            (State::DotCr, _) => {
                out.push(b'\r');
                self.state = State::Cr;
                return self.step(byte, out);
            }
            (state, _) => {
                out.push(byte);
                self.state = match (state, byte) {
                    (_, b'\r') => State::Cr,
                    (State::Cr, b'\n') => State::LineStart,
                    _ => State::Middle,
                };
            }
        }
        false
    }
}
