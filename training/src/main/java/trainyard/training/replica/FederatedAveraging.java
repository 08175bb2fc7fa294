package trainyard.training.replica;

import java.util.List;
import trainyard.training.clock.WorkerListener;
import trainyard.training.optimizer.Optimizer;
import trainyard.training.optimizer.Sgd;
import trainyard.training.rule.TrainingContext;
import trainyard.training.rule.UpdateRule;

/**
 * Federated averaging (McMahan et al. 2017, arXiv 1602.05629) with clients that drop out (Bonawitz et al. 2019, arXiv
 * 1902.01046). Each round the server draws clients; each of them pulls the shared parameters, takes its local steps with a new
 * optimizer, and sends its change; the weighted mean of the changes is an update. A client that drops out does so behind an evenly
 * drawn number of its steps; the server sees its connection end, and its work is wasted. The shared parameters are shown.
 *
 * @param clients drawn each round, from 1 to the number of workers
 * @param steps local steps of a client in a round, 1 or more
 * @param dropOut probability that a drawn client drops out, in [0, 1)
 * @param deadlineSeconds of a round, after which clients that have not sent are called off as soon as one has; infinite: none
 * @param weights of the clients in the mean, such as their examples, starting over where there are more workers; empty: equal
 */
public record FederatedAveraging(int clients, int steps, double dropOut, double deadlineSeconds, List<Double> weights)
        implements UpdateRule {

    public FederatedAveraging {
        LocalSgd.requireSteps(steps);
        weights = List.copyOf(weights);
        if (clients < 1 || !(dropOut >= 0 && dropOut < 1) || !(deadlineSeconds > 0)) {
            throw new IllegalArgumentException("a round needs clients, a positive deadline and a drop-out in [0, 1)");
        }
        if (!weights.stream().allMatch(weight -> weight > 0 && Double.isFinite(weight))) {
            throw new IllegalArgumentException("weights must be positive: " + weights);
        }
    }

    /** Equal clients that neither drop out nor are called off. */
    public static FederatedAveraging of(int clients, int steps) {
        return new FederatedAveraging(clients, steps, 0, Double.POSITIVE_INFINITY, List.of());
    }

    double weight(int client) {
        return weights.isEmpty() ? 1 : weights.get(client % weights.size());
    }

    @Override
    public String name() {
        return "federated";
    }

    @Override
    public WorkerListener play(TrainingContext context) {
        int workers = context.workers().count();
        if (clients > workers) {
            throw new IllegalArgumentException(
                    "a round of " + clients + " clients needs as many workers, and there are " + workers);
        }
        return new ClientRounds(context, this);
    }

    @Override
    public boolean needsServer() {
        return true;
    }

    @Override
    public Optimizer sharedOptimizer(Optimizer optimizer) {
        return Sgd.PLAIN;
    }
}
