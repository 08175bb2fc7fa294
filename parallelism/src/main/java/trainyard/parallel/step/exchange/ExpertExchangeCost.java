package trainyard.parallel.step.exchange;

import trainyard.parallel.model.Operator.ExpertExchange;
import trainyard.parallel.model.TokenRouting;
import trainyard.parallel.plan.ExpertDispatch;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.GroupShape;

/**
 * Time of one exchange of tokens with the ranks of their experts, there or back. With {@code T} tokens of {@code b} bytes on
 * each of {@code n = g m} ranks, {@code g} on each of {@code m} nodes, and {@code k} experts for each token:
 *
 * <ul>
 *   <li>all-to-all moves {@code k} copies of every token: an all-to-all of {@code k T b};
 *   <li>all-gather gives all tokens to all ranks, {@code n T b}, and sums the results by a reduce-scatter;
 *   <li>DeepEP sends one copy to every node that holds experts of the token, from GPU to GPU of the same index, and passes
 *       it on inside the node to every GPU that does. Both run at once, the slower decides (DeepSeek-V3, section 3.2.2).
 * </ul>
 *
 * <p>A token's experts are {@code k} different ones of {@code E}, each set as likely but for the limit of nodes that the
 * router sets, so it meets {@code p (1 - C(E - E/p, k) / C(E, k))} of {@code p} equal parts on average; with a limit {@code E}
 * and {@code p} are those of the nodes it may go to. The busiest rank gets {@code skew} times the mean and all wait for it.
 */
public final class ExpertExchangeCost {

    private final ExpertDispatch dispatch;
    private final CollectiveModel collectives;
    private final GroupShape group;

    /**
     * @param dispatch how tokens travel
     * @param collectives prices of exchanges
     * @param group the ranks that hold all experts between them
     */
    public ExpertExchangeCost(ExpertDispatch dispatch, CollectiveModel collectives, GroupShape group) {
        this.dispatch = dispatch;
        this.collectives = collectives;
        this.group = group;
    }

    /** Seconds of one exchange with the experts. */
    public double seconds(ExpertExchange x) {
        return switch (dispatch) {
            case ALL_TO_ALL -> time(Collective.ALL_TO_ALL, x.bytes(), group);
            case ALL_GATHER -> gathered(x);
            case DEEPEP -> Math.max(betweenNodes(x), insideNode(x));
        };
    }

    /** A layer gathers once and scatters once in each pass, so one exchange is half of the two. */
    private double gathered(ExpertExchange x) {
        double bytes = x.tokens() * x.bytesPerToken() * group.ranks();
        return (time(Collective.ALL_GATHER, bytes, group) + time(Collective.REDUCE_SCATTER, bytes, group)) / 2;
    }

    private double betweenNodes(ExpertExchange x) {
        double copies = TokenRouting.met(nodes(x), ofRank(x) * group.ranksPerNode(), x.copies()) * x.loadSkew();
        double bytes = x.tokens() * copies * x.bytesPerToken();
        return time(Collective.ALL_TO_ALL, bytes, new GroupShape(1, group.nodes(), group.ranksPerNode()));
    }

    /** DeepEP's kernels move a GPU's own tokens like all others, so no copy comes free (its tests count them all). */
    private double insideNode(ExpertExchange x) {
        if (group.ranksPerNode() == 1) {
            return 0;
        }
        double copies = TokenRouting.met(nodes(x) * group.ranksPerNode(), ofRank(x), x.copies()) * x.loadSkew();
        double bytes = x.tokens() * copies * x.bytesPerToken();
        return time(Collective.SEND_RECV, bytes, GroupShape.withinNode(2));
    }

    /** Experts that a rank holds. */
    private int ofRank(ExpertExchange x) {
        return x.experts() / group.ranks();
    }

    private int nodes(ExpertExchange x) {
        return x.nodeLimit() == 0 ? group.nodes() : Math.min(x.nodeLimit(), group.nodes());
    }

    private double time(Collective operation, double bytes, GroupShape ranks) {
        return collectives.time(operation, bytes, ranks).seconds();
    }
}
