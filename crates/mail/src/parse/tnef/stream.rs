//! Numbers and runs of bytes from the front of a slice; `None` when there are not enough.

#[derive(Debug, Clone, Copy)]
pub(super) struct Stream<'b>(&'b [u8]);

impl<'b> Stream<'b> {
    pub(super) fn new(bytes: &'b [u8]) -> Stream<'b> {
        Stream(bytes)
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn rest(&self) -> &'b [u8] {
        self.0
    }

    pub(super) fn take(&mut self, length: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        Some(self.take(1)?[0])
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        let b = self.take(2)?;
        Some(u16::from_le_bytes([b[0], b[1]]))
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        let b = self.take(4)?;
        Some(u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
    }
}
