package trainyard.faults.coordination.election;

/** One controller: what Raft keeps of it. */
final class Member {

    /** What a member is. */
    enum Role {
        FOLLOWER("follower"),
        CANDIDATE("candidate"),
        LEADER("leader"),
        DOWN("down");

        private final String label;

        Role(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static final int NOBODY = -1;

    final int index;
    Role role = Role.FOLLOWER;
    int term;
    int votedFor = NOBODY;
    int votes;
    /** The last checkpoint that it knows of, and the term in which that was written. */
    long number;

    int numberTerm;
    long heardNanos = Long.MIN_VALUE / 2;
    long timer;
    /** Of a leader: when each member last answered, and who acknowledged the newest checkpoint. */
    final long[] answeredNanos;

    final boolean[] acknowledged;
    boolean writing;

    Member(int index, int members) {
        this.index = index;
        answeredNanos = new long[members];
        acknowledged = new boolean[members];
    }

    /** Whether what it knows is newer than what another one says it knows: it denies that one its vote (the paper of Raft, section 5.4.1). */
    boolean isAhead(long otherNumber, int otherTerm) {
        return numberTerm > otherTerm || numberTerm == otherTerm && number > otherNumber;
    }
}
