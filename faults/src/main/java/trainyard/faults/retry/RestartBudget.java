package trainyard.faults.retry;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * When a job is not started again.
 *
 * @param most restarts that are allowed; the fault that asks for one more ends the job
 * @param counted whose restarts count
 * @param noProgress restarts in a row without a step more being kept after which the job ends; {@link Integer#MAX_VALUE}
 *     for never (NVIDIA Resiliency Extension: 3)
 * @param loopFaults faults within {@code loopSeconds} after which the job ends as a crash loop; {@link Integer#MAX_VALUE}
 *     for never
 * @param loopSeconds length of that window, above 0
 */
public record RestartBudget(int most, Counting counted, int noProgress, int loopFaults, double loopSeconds) {

    /** Restarts without end. */
    public static final RestartBudget UNLIMITED =
            new RestartBudget(Integer.MAX_VALUE, Counting.JOB, Integer.MAX_VALUE, Integer.MAX_VALUE, 1);

    /** Whose restarts count. */
    public enum Counting {
        /** Those of the job. */
        JOB,
        /**
         * Those of each agent by itself, as torchrun's {@code --max-restarts}: the agent whose worker failed counts, the others
         * see only that membership changed. A node that joins brings a new agent with a new count.
         */
        AGENT
    }

    /** Why a job is not started again. */
    public enum Stop {
        BUDGET("used up its restarts"),
        NO_PROGRESS("made no progress over its last restarts"),
        CRASH_LOOP("crashed too often in a short time"),
        EXIT_CODE("ended with the exit code that says not to start it again");

        private final String words;

        Stop(String words) {
            this.words = words;
        }

        /** What the job did, in words, for reports. */
        public String words() {
            return words;
        }
    }

    public RestartBudget {
        Objects.requireNonNull(counted, "counted");
        if (most < 0 || noProgress < 1 || loopFaults < 1 || !(loopSeconds > 0)) {
            throw new IllegalArgumentException("a restart budget needs counts and a window, got " + most + ", "
                    + noProgress + ", " + loopFaults + " and " + loopSeconds + " s");
        }
    }

    /** A count that has not begun. */
    public Count begin() {
        return new Count(this);
    }

    /** What one job has used of its budget. */
    public static final class Count {

        private final RestartBudget budget;
        private final Map<Integer, Integer> ofAgents = new HashMap<>();
        private final Deque<Double> recent = new ArrayDeque<>();
        private int ofJob;
        private int withoutProgress;
        private long bestSteps = -1;

        private Count(RestartBudget budget) {
            this.budget = budget;
        }

        /**
         * Counts a fault after which the job would start again.
         *
         * @param nowSeconds when
         * @param agent the node whose worker failed
         * @param keptSteps steps that are safe from it
         * @return why the job is not started again; empty where it is
         */
        public Optional<Stop> count(double nowSeconds, int agent, long keptSteps) {
            int used = budget.counted == Counting.JOB ? ++ofJob : ofAgents.merge(agent, 1, Integer::sum);
            withoutProgress = keptSteps > bestSteps ? 0 : withoutProgress + 1;
            bestSteps = Math.max(bestSteps, keptSteps);
            recent.addLast(nowSeconds);
            while (recent.peekFirst() < nowSeconds - budget.loopSeconds) {
                recent.removeFirst();
            }
            if (used > budget.most) {
                return Optional.of(Stop.BUDGET);
            }
            if (withoutProgress >= budget.noProgress) {
                return Optional.of(Stop.NO_PROGRESS);
            }
            return recent.size() >= budget.loopFaults ? Optional.of(Stop.CRASH_LOOP) : Optional.empty();
        }

        /** A node left the job; its agent's count goes with it. */
        public void leave(int agent) {
            ofAgents.remove(agent);
        }
    }
}
