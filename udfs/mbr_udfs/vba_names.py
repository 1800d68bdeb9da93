"""Names that VBA keeps for itself: an argument called so would stop the whole wrapper module from compiling."""

# Reserved identifiers of the VBA language specification, 3.3.5.2.
RESERVED = frozenset(
    """
    call case close const declare dim do else elseif end endif enum erase event exit for friend function get global
    gosub goto if implements input let lock loop lset next on open option print private public put raiseevent redim
    resume return rset seek select set static stop sub type unlock wend while with write
    any as byref byval each in new shared until withevents optional paramarray preserve spc tab then to
    addressof and eqv imp is like mod not or typeof xor array circle inputb lbound pset scale ubound
    abs cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr date debug doevents fix int
    len lenb me sgn string boolean byte currency double integer long longlong longptr single variant object
    true false nothing empty null rem attribute cdecl decimal
    defbool defbyte defcur defdate defdbl defdec defint deflng deflnglng deflngptr defobj defsng defstr defvar
    """.split()  # noqa: SIM905
)


def vba_name(name: str) -> str:
    """The name as VBA can take it: a reserved one gets an underscore; a call from a cell goes by position alone."""
    return f"{name}_" if name.lower() in RESERVED else name
