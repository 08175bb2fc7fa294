package trainyard.scheduler.policy.goodput;

/** Jobs of several ascending lists, each once and in order. */
final class JobUnion {

    /** After the last one. */
    static final int END = Integer.MAX_VALUE;

    private final int[][] lists;
    private final int[] at;

    JobUnion(int[]... lists) {
        this.lists = lists;
        at = new int[lists.length];
    }

    /** The next one, or {@link #END}. */
    int next() {
        int least = END;
        for (int i = 0; i < lists.length; i++) {
            least = at[i] < lists[i].length ? Math.min(least, lists[i][at[i]]) : least;
        }
        for (int i = 0; i < lists.length; i++) {
            at[i] += at[i] < lists[i].length && lists[i][at[i]] == least ? 1 : 0;
        }
        return least;
    }
}
