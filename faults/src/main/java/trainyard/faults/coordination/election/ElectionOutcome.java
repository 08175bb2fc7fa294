package trainyard.faults.coordination.election;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import trainyard.faults.coordination.StateLog;

/**
 * What was seen of the controllers.
 *
 * @param writes checkpoints in the order in which they were written for good
 * @param elections times that a member became the leader
 * @param candidacies times that a member stood for election
 * @param leaders who became leader when
 * @param outages stretches without a leader that the larger side could follow, after the first election
 * @param struckNanos when an outage struck a leader, which is later than stated where nobody led then; empty where there was none
 * @param slow which leader an outage made slow, and when; empty where there was none
 * @param twoLeaderNanos time with two leaders or more
 * @param smallerStoppedNanos time of the cut in which the smaller side had no leader to follow
 * @param members what each member did when
 * @param sides what the larger and the smaller side did when; of a network that is not cut, both are one
 */
public record ElectionOutcome(
        List<Write> writes,
        int elections,
        int candidacies,
        List<Leadership> leaders,
        List<Gap> outages,
        OptionalLong struckNanos,
        Optional<SlowLeader> slow,
        long twoLeaderNanos,
        long smallerStoppedNanos,
        List<List<StateLog.Stretch>> members,
        List<List<StateLog.Stretch>> sides) {

    /**
     * A checkpoint that counts as written.
     *
     * @param number its number, one more than the last that its writer knew
     * @param writer the leader that wrote it
     * @param term the leader's term
     * @param atNanos when
     */
    public record Write(long number, int writer, int term, long atNanos) {}

    /** A member became the leader of a term. */
    public record Leadership(int member, int term, long atNanos) {}

    /** A stretch of time. */
    public record Gap(long fromNanos, long toNanos) {

        public long nanos() {
            return toNanos - fromNanos;
        }

        boolean contains(long atNanos) {
            return fromNanos <= atNanos && atNanos < toNanos;
        }
    }

    /**
     * A member that was the leader when its messages became slow; it may lose the lead meanwhile.
     *
     * @param addedSeconds what each of its messages took longer
     */
    public record SlowLeader(int member, Gap when, double addedSeconds) {}

    public ElectionOutcome {
        writes = List.copyOf(writes);
        leaders = List.copyOf(leaders);
        outages = List.copyOf(outages);
        members = List.copyOf(members);
        sides = List.copyOf(sides);
    }

    /** Numbers under which several writers left a checkpoint each: which one is the true one, nobody can say. */
    public long conflicts() {
        Map<Long, Long> writers = writes.stream()
                .collect(Collectors.groupingBy(
                        Write::number,
                        Collectors.mapping(Write::writer, Collectors.collectingAndThen(Collectors.toSet(), set ->
                                (long) set.size()))));
        return writers.values().stream().filter(count -> count > 1).count();
    }

    /** Whether no stretch without a leader goes on at a time. */
    boolean isLed(long nanos) {
        return lastBegun(outages, Gap::fromNanos, nanos)
                .filter(gap -> gap.contains(nanos))
                .isEmpty();
    }

    /** What a message of the newest leader takes longer at a time. */
    double addedSeconds(long nanos) {
        return slow.filter(one -> one.when().contains(nanos))
                .filter(one -> lastBegun(leaders, Leadership::atNanos, nanos)
                        .filter(newest -> newest.member() == one.member())
                        .isPresent())
                .map(SlowLeader::addedSeconds)
                .orElse(0.0);
    }

    /** Elections come in thousands where no leader lasts, so none is compared with all others. */
    private static <T> Optional<T> lastBegun(List<T> inOrder, ToLongFunction<T> begin, long nanos) {
        int begun = 0;
        int end = inOrder.size();
        while (begun < end) {
            int middle = (begun + end) >>> 1;
            if (begin.applyAsLong(inOrder.get(middle)) <= nanos) {
                begun = middle + 1;
            } else {
                end = middle;
            }
        }
        return begun == 0 ? Optional.empty() : Optional.of(inOrder.get(begun - 1));
    }

    /** The longest stretch without a leader; 0 where there was none. */
    public long longestOutageNanos() {
        return outages.stream().mapToLong(Gap::nanos).max().orElse(0);
    }
}
