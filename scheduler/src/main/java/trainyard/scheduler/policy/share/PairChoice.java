package trainyard.scheduler.policy.share;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import trainyard.scheduler.hetero.SharePair;
import trainyard.scheduler.job.ClusterJob;
import trainyard.scheduler.policy.SchedulingContext;
import trainyard.scheduler.speed.PairSpeeds;

/**
 * Which two jobs may have the same GPUs (Narayanan et al., Gavel, OSDI 2020, section 3.1): those of as many GPUs that may both be stopped and whose
 * speeds, over those alone, add up to more than 1 on a type. Where they do not, both jobs get on as well by turns on less GPU time, so such
 * a pair is in no best choice. Of the rest each job proposes its {@link #MOST_PARTNERS} best ones, the largest sum first, of equal ones those that came next after it,
 * around the list; so the number of pairs grows with that of jobs and not with its square.
 */
final class PairChoice {

    /** Partners that a job proposes. */
    static final int MOST_PARTNERS = 16;

    /** Pairs of each job that shares are chosen for in the end. */
    static final int MOST_USED = 3;

    private static final double NO_GAIN = 1 + 1e-9;

    private final PairSpeeds speeds;
    private final List<String> types;

    /**
     * @param types names of the types of GPU, as many as jobs have speeds
     */
    PairChoice(PairSpeeds speeds, List<String> types) {
        this.speeds = speeds;
        this.types = types;
    }

    private record Partner(int other, double gain, int distance) {}

    /**
     * The pairs, in the order of their jobs.
     *
     * @param jobs in the order of arrival
     */
    List<SharePair> of(SchedulingContext context, List<SharedJob> jobs) {
        SharePair[][] known = new SharePair[jobs.size()][jobs.size()];
        for (int first = 0; first < jobs.size(); first++) {
            for (int second = first + 1; second < jobs.size(); second++) {
                known[first][second] = pair(context, jobs, first, second);
            }
        }
        Set<List<Integer>> proposed = new TreeSet<>(
                Comparator.<List<Integer>>comparingInt(two -> two.get(0)).thenComparingInt(two -> two.get(1)));
        for (int job = 0; job < jobs.size(); job++) {
            for (int other : best(known, job)) {
                proposed.add(List.of(Math.min(job, other), Math.max(job, other)));
            }
        }
        return proposed.stream().map(two -> known[two.get(0)][two.get(1)]).toList();
    }

    private static List<Integer> best(SharePair[][] known, int job) {
        int jobs = known.length;
        List<Partner> partners = new ArrayList<>();
        IntStream.range(1, jobs).forEach(distance -> {
            int other = (job + distance) % jobs;
            SharePair pair = known[Math.min(job, other)][Math.max(job, other)];
            if (pair != null) {
                partners.add(new Partner(other, gain(pair), distance));
            }
        });
        partners.sort(
                Comparator.comparingDouble((Partner partner) -> -partner.gain()).thenComparingInt(Partner::distance));
        return partners.stream().limit(MOST_PARTNERS).map(Partner::other).toList();
    }

    /**
     * Of some pairs those with the most time: the first {@link #MOST_USED} of each of their jobs. The method ends in the middle of all shares that are
     * as good, where a job has a little of each of its pairs; in rounds a job with many small shares is behind one with a large one whenever shares
     * are chosen anew.
     *
     * @param shares of all jobs and behind them of the pairs
     */
    static List<SharePair> mostUsed(List<SharePair> pairs, double[][] shares) {
        int jobs = shares.length - pairs.size();
        double[] time = new double[pairs.size()];
        Arrays.setAll(time, i -> Arrays.stream(shares[jobs + i]).sum());
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, pairs.size()).boxed().toList());
        order.sort(Comparator.comparingDouble(i -> -time[i]));
        int[] seen = new int[jobs];
        boolean[] kept = new boolean[pairs.size()];
        for (int i : order) {
            SharePair pair = pairs.get(i);
            kept[i] = seen[pair.first()] < MOST_USED || seen[pair.second()] < MOST_USED;
            seen[pair.first()]++;
            seen[pair.second()]++;
        }
        return IntStream.range(0, pairs.size())
                .filter(i -> kept[i])
                .mapToObj(pairs::get)
                .toList();
    }

    private static double gain(SharePair pair) {
        double most = 0;
        for (int type = 0; type < pair.parts()[0].length; type++) {
            most = Math.max(most, pair.parts()[0][type] + pair.parts()[1][type]);
        }
        return most;
    }

    /** The pair of two jobs; null where they do more by turns on every type. */
    private SharePair pair(SchedulingContext context, List<SharedJob> jobs, int first, int second) {
        SharedJob one = jobs.get(first);
        SharedJob two = jobs.get(second);
        ClusterJob a = context.job(one.job);
        ClusterJob b = context.job(two.job);
        if (context.gpus(one.job) != context.gpus(two.job)
                || !a.traits().preemptible()
                || !b.traits().preemptible()) {
            return null;
        }
        double[][] parts = new double[2][types.size()];
        boolean gains = false;
        for (int type = 0; type < types.size(); type++) {
            if (one.speeds[type] > 0 && two.speeds[type] > 0) {
                double ofOne = speeds.of(a, b, types.get(type));
                double ofTwo = speeds.of(b, a, types.get(type));
                if (ofOne > 0 && ofTwo > 0 && ofOne + ofTwo > NO_GAIN) {
                    parts[0][type] = ofOne;
                    parts[1][type] = ofTwo;
                    gains = true;
                }
            }
        }
        return gains ? new SharePair(first, second, parts) : null;
    }
}
