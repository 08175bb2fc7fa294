package trainyard.scheduler.quota;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What queues use and may use, in a tree of cohorts (KEP 79 and 1224 of Kueue). For each amount and each queue or cohort:
 *
 * <ul>
 *   <li>subtree = nominal + sum over children of (subtree - local)
 *   <li>local = what is not lent = max(0, subtree - lending limit)
 *   <li>usage of a cohort = sum over children of max(0, usage - local)
 *   <li>available at a root = subtree - usage
 *   <li>available elsewhere = max(0, local - usage) + min(available of the parent, subtree - local - max(0, usage - local) +
 *       borrowing limit)
 * </ul>
 */
public final class QuotaTree {

    private static final int NO_PARENT = -1;
    private static final int KINDS = Amounts.KINDS;

    private final List<QuotaSpec> specs;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] parents;
    private final int[] roots;
    private final long[] nominal;
    private final long[] borrowing;
    private final long[] subtree;
    private final long[] local;
    private final long[] usage;

    /**
     * @param specs queues and cohorts; cohorts that are only named have nothing of their own
     * @throws IllegalArgumentException if a name comes twice or cohorts form a circle
     */
    public QuotaTree(List<QuotaSpec> specs) {
        this.specs = withNamedCohorts(specs);
        int count = this.specs.size();
        parents = new int[count];
        roots = new int[count];
        nominal = new long[count * KINDS];
        borrowing = new long[count * KINDS];
        subtree = new long[count * KINDS];
        local = new long[count * KINDS];
        usage = new long[count * KINDS];
        for (int node = 0; node < count; node++) {
            QuotaSpec spec = this.specs.get(node);
            parents[node] = spec.cohort().isEmpty() ? NO_PARENT : numbers.get(spec.cohort());
            System.arraycopy(spec.nominal().toArray(), 0, nominal, node * KINDS, KINDS);
            System.arraycopy(spec.borrowing().toArray(), 0, borrowing, node * KINDS, KINDS);
        }
        for (int node = 0; node < count; node++) {
            refuseCircle(node);
            roots[node] = root(node);
        }
        for (int node = 0; node < count; node++) {
            if (parents[node] == NO_PARENT) {
                sumUp(node);
            }
        }
    }

    private List<QuotaSpec> withNamedCohorts(List<QuotaSpec> given) {
        List<QuotaSpec> all = new ArrayList<>();
        for (QuotaSpec spec : given) {
            if (numbers.putIfAbsent(spec.name(), all.size()) != null) {
                throw new IllegalArgumentException("two quotas are called " + spec.name());
            }
            all.add(spec);
        }
        for (QuotaSpec spec : given) {
            if (!spec.cohort().isEmpty() && !numbers.containsKey(spec.cohort())) {
                numbers.put(spec.cohort(), all.size());
                all.add(QuotaSpec.cohort(spec.cohort(), ""));
            }
        }
        return all;
    }

    private void refuseCircle(int node) {
        int steps = 0;
        for (int at = node; at != NO_PARENT; at = parents[at]) {
            if (steps++ > parents.length) {
                throw new IllegalArgumentException(
                        "cohorts form a circle at " + specs.get(node).name());
            }
        }
    }

    private void sumUp(int node) {
        long[] lending = specs.get(node).lending().toArray();
        System.arraycopy(nominal, node * KINDS, subtree, node * KINDS, KINDS);
        for (int child = 0; child < parents.length; child++) {
            if (parents[child] == node) {
                sumUp(child);
                for (int kind = 0; kind < KINDS; kind++) {
                    int at = child * KINDS + kind;
                    subtree[node * KINDS + kind] =
                            Math.min(Amounts.UNLIMITED, subtree[node * KINDS + kind] + subtree[at] - local[at]);
                }
            }
        }
        for (int kind = 0; kind < KINDS; kind++) {
            int at = node * KINDS + kind;
            local[at] = Math.max(0, subtree[at] - lending[kind]);
        }
    }

    /** The number of a queue; -1 if there is no quota for it. */
    int queue(String name) {
        Integer number = numbers.get(name);
        return number == null || specs.get(number).isCohort() ? -1 : number;
    }

    /** What a queue may use while no other uses anything; {@link Amounts#ALL} if there is no quota for it. */
    public Amounts most(String queue) {
        int number = queue(queue);
        return number < 0
                ? Amounts.ALL
                : new Amounts(
                        available(number, Amounts.GPUS),
                        available(number, Amounts.CPUS),
                        available(number, Amounts.MEMORY));
    }

    int nodes() {
        return parents.length;
    }

    QuotaSpec spec(int node) {
        return specs.get(node);
    }

    /** What a queue may use beyond what it uses; negative where it uses more than it may. */
    long available(int node, int kind) {
        int at = node * KINDS + kind;
        if (parents[node] == NO_PARENT) {
            return subtree[at] - usage[at];
        }
        long own = Math.max(0, local[at] - usage[at]);
        long toBorrow = subtree[at] - local[at] - Math.max(0, usage[at] - local[at]) + borrowing[at];
        return own + Math.min(available(parents[node], kind), toBorrow);
    }

    /** Whether a queue may use that much more. */
    boolean fits(int queue, long[] need) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (need[kind] > 0 && need[kind] > available(queue, kind)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a queue would use more than its own of what somebody needs with that much more; Kueue looks at nothing else either. */
    boolean borrowsWith(int queue, long[] need) {
        for (int kind = 0; kind < KINDS; kind++) {
            int at = queue * KINDS + kind;
            if (need[kind] > 0 && usage[at] + need[kind] > nominal[at]) {
                return true;
            }
        }
        return false;
    }

    /** Whether a queue uses more than its own of what somebody needs. */
    boolean borrows(int queue, long[] need) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (need[kind] > 0 && usage[queue * KINDS + kind] > nominal[queue * KINDS + kind]) {
                return true;
            }
        }
        return false;
    }

    /** Whether two queues share a root. */
    boolean sameCohort(int queue, int other) {
        return parents[queue] != NO_PARENT && parents[other] != NO_PARENT && roots[queue] == roots[other];
    }

    private int root(int node) {
        int root = node;
        while (parents[root] != NO_PARENT) {
            root = parents[root];
        }
        return root;
    }

    void use(int queue, long[] amounts) {
        for (int kind = 0; kind < KINDS; kind++) {
            add(queue, kind, amounts[kind]);
        }
    }

    void giveBack(int queue, long[] amounts) {
        for (int kind = 0; kind < KINDS; kind++) {
            add(queue, kind, -amounts[kind]);
        }
    }

    private void add(int node, int kind, long amount) {
        int at = node * KINDS + kind;
        long before = Math.max(0, usage[at] - local[at]);
        usage[at] += amount;
        long after = Math.max(0, usage[at] - local[at]);
        if (parents[node] != NO_PARENT && after != before) {
            add(parents[node], kind, after - before);
        }
    }

    /**
     * Fair sharing (KEP 1714): the largest, over amounts, of what a queue uses beyond its own subtree over what its cohort can lend,
     * over its weight; 0 where it borrows nothing.
     */
    double share(int node) {
        if (parents[node] == NO_PARENT) {
            return 0;
        }
        double most = 0;
        for (int kind = 0; kind < KINDS; kind++) {
            long borrowed = Math.max(0, usage[node * KINDS + kind] - subtree[node * KINDS + kind]);
            long lendable = lendable(parents[node], kind);
            if (borrowed > 0 && lendable > 0) {
                most = Math.max(most, (double) borrowed / lendable);
            }
        }
        return most / specs.get(node).weight();
    }

    /** What all of a cohort can lend each other. */
    private long lendable(int cohort, int kind) {
        int at = cohort * KINDS + kind;
        if (parents[cohort] == NO_PARENT) {
            return subtree[at];
        }
        long toBorrow = subtree[at] - local[at] + borrowing[at];
        return local[at] + Math.min(lendable(parents[cohort], kind), toBorrow);
    }
}
