"""Figures as pictures and as pages to hand on, in the reader's language and direction."""
