package trainyard.scheduler.run;

import java.util.Arrays;

/** Which jobs share GPUs in turns. Of a group the first one holds the GPUs; when it leaves, the next one does. */
final class TurnGroups {

    private static final int[][] NONE = {};
    private static final int[] NOBODY = {};

    /** By job its group, the same array for all of it; null for one that is alone. Empty as long as nobody shares. */
    private int[][] groups = NONE;

    private final int jobs;

    TurnGroups(int jobs) {
        this.jobs = jobs;
    }

    /** The jobs that share GPUs with one, itself among them. */
    int[] of(int job) {
        return groups.length == 0 || groups[job] == null ? new int[] {job} : groups[job].clone();
    }

    /** The other ones. */
    int[] others(int job) {
        return isAlone(job)
                ? NOBODY
                : Arrays.stream(groups[job]).filter(other -> other != job).toArray();
    }

    boolean isAlone(int job) {
        return groups.length == 0 || groups[job] == null;
    }

    int count(int job) {
        return isAlone(job) ? 1 : groups[job].length;
    }

    /** Its place in its group, from 0. */
    int index(int job) {
        int at = 0;
        while (!isAlone(job) && groups[job][at] != job) {
            at++;
        }
        return at;
    }

    /** The job that holds the GPUs of a job. */
    int host(int job) {
        return isAlone(job) ? job : groups[job][0];
    }

    void join(int job, int other) {
        if (groups.length == 0) {
            groups = new int[jobs][];
        }
        int[] group = of(other);
        int[] larger = Arrays.copyOf(group, group.length + 1);
        larger[group.length] = job;
        set(larger);
    }

    private void set(int[] group) {
        for (int job : group) {
            groups[job] = group.length == 1 ? null : group;
        }
    }

    /** Takes a job out; those that are left hold its GPUs. */
    void leave(int job) {
        if (!isAlone(job)) {
            int[] rest = others(job);
            groups[job] = null;
            set(rest);
        }
    }
}
