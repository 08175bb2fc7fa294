package trainyard.scheduler.run.watch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import trainyard.scheduler.run.watch.ClusterRecord.Queueing;

/**
 * How the queue changes. A job that leaves it at the moment at which it came was never in it: policies stop many jobs only to
 * start them again.
 */
final class QueueRecord {

    private final List<Queueing> changes = new ArrayList<>();
    private long momentNanos = -1;
    /** Place of the first change of the present moment. */
    private int momentStart;
    /** Places behind it of jobs that came and have left again. */
    private final BitSet passing = new BitSet();
    /** Place at which each job came last, as it was at that moment. */
    private int[] cameAt = new int[64];

    void came(long nowNanos, int job) {
        settleBefore(nowNanos);
        if (job >= cameAt.length) {
            cameAt = Arrays.copyOf(cameAt, Math.max(job + 1, 2 * cameAt.length));
        }
        cameAt[job] = changes.size();
        changes.add(new Queueing(nowNanos, job, true));
    }

    /** A job leaves that has come. */
    void left(long nowNanos, int job) {
        settleBefore(nowNanos);
        if (cameNow(job)) {
            passing.set(cameAt[job] - momentStart);
        } else {
            changes.add(new Queueing(nowNanos, job, false));
        }
    }

    private boolean cameNow(int job) {
        int place = cameAt[job];
        return place >= momentStart
                && place < changes.size()
                && changes.get(place).job() == job;
    }

    /** All changes in the order of time. */
    List<Queueing> changes() {
        List<Queueing> all = new ArrayList<>(changes.subList(0, momentStart));
        all.addAll(lasting());
        return List.copyOf(all);
    }

    private void settleBefore(long nowNanos) {
        if (nowNanos != momentNanos) {
            settle();
            momentNanos = nowNanos;
            momentStart = changes.size();
        }
    }

    private void settle() {
        if (!passing.isEmpty()) {
            List<Queueing> lasting = lasting();
            changes.subList(momentStart, changes.size()).clear();
            changes.addAll(lasting);
            passing.clear();
        }
    }

    /** Changes of the present moment but for jobs that have left again. */
    private List<Queueing> lasting() {
        return IntStream.range(momentStart, changes.size())
                .filter(place -> !passing.get(place - momentStart))
                .mapToObj(changes::get)
                .toList();
    }
}
