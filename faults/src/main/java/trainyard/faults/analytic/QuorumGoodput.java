package trainyard.faults.analytic;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import trainyard.sim.checks.Checks;

/** A job of replicas that goes on while a quorum of them is up (torchft, FT-HSDP). */
public final class QuorumGoodput {

    private QuorumGoodput() {}

    /**
     * {@code sum over i >= m of (i/n) P(Bin(n, A) = i)}: throughput relative to all replicas up, none below the quorum.
     *
     * @param replicas n, at least 1
     * @param quorum fewest replicas m that make a step, 1 to n
     * @param availability share A of the time that one replica is up
     */
    public static double goodput(int replicas, int quorum, double availability) {
        Checks.atLeast("replicas", replicas, 1);
        Checks.between("quorum", quorum, 1, replicas);
        Checks.probability("availability", availability);
        BinomialDistribution up = BinomialDistribution.of(replicas, availability);
        double sum = 0;
        for (int i = quorum; i <= replicas; i++) {
            sum += i * up.probability(i) / replicas;
        }
        return sum;
    }
}
