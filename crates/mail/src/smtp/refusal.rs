//! What a listener turned away, told to the receiver as it happens: an administrator who looks for a letter that never
//! came must be able to see that somebody was refused, how often and from where.

/// Why a client or what it brought was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Refusal {
    /// It came to LMTP from outside of the trusted networks.
    Stranger,
    /// Too many connections, of this peer or of all.
    Connections,
    /// No such mailbox.
    Recipient,
    /// Too many letters of this peer.
    Rate,
    Size,
    /// A wrong name or password, too many of them, or none where one is asked for.
    SignIn,
    /// No memory, or no room where letters are kept.
    Room,
    /// The receiver would not take the letter, now or ever.
    Receiver,
    /// Too many commands that were none.
    Errors,
    /// It said nothing for too long, or too little at a time.
    Slow,
}
