package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import trainyard.parallel.model.Operator.ContextExchange;
import trainyard.parallel.plan.ContextMethod;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;

class ContextExchangeCostTest {

    /** One byte a second for messages and all-to-all, two for gathering and scattering. */
    private static final CollectiveModel BYTES = (operation, bytes, group) -> {
        boolean gathers = operation == Collective.ALL_GATHER || operation == Collective.REDUCE_SCATTER;
        return new CollectiveTime(gathers ? bytes / 2 : bytes, 0, "none", "none");
    };

    @Test
    void ringWaitsAsItsBlocksArrive() {
        Random random = new Random(3);
        for (int i = 0; i < 500; i++) {
            int ranks = 2 + random.nextInt(15);
            double keyValues = random.nextDouble();
            double attention = 10 * random.nextDouble();
            ContextExchangeCost cost = new ContextExchangeCost(ContextMethod.RING, BYTES, GroupShape.withinNode(ranks));
            ContextExchange x = new ContextExchange("context exchange", keyValues, 1);
            assertThat(cost.forward(x, attention))
                    .isCloseTo(walked(ranks, keyValues, attention) - attention, within(1e-9));
            assertThat(cost.backward(x, attention))
                    .isCloseTo(walked(ranks, 2 * keyValues, attention) + keyValues - attention, within(1e-9));
        }
    }

    /** Parts are passed on as soon as they come, and each is computed when it is there and the one before is done. */
    private static double walked(int ranks, double stepSeconds, double attentionSeconds) {
        double arrival = 0;
        double end = 0;
        for (int part = 0; part < ranks; part++) {
            end = Math.max(end, arrival) + attentionSeconds / ranks;
            arrival += stepSeconds;
        }
        return end;
    }

    @Test
    void gatheringIsNotHidden() {
        ContextExchangeCost cost = new ContextExchangeCost(ContextMethod.ALL_GATHER, BYTES, GroupShape.withinNode(4));
        ContextExchange x = new ContextExchange("context exchange", 10, 100);
        assertThat(cost.forward(x, 1e6)).isEqualTo(4 * 10 / 2.0);
        assertThat(cost.backward(x, 1e6)).isEqualTo(2 * 4 * 10 / 2.0);
    }

    @Test
    void ulyssesMovesQueriesKeysValuesAndOutput() {
        ContextExchangeCost cost = new ContextExchangeCost(ContextMethod.ULYSSES, BYTES, GroupShape.withinNode(4));
        ContextExchange x = new ContextExchange("context exchange", 10, 100);
        assertThat(cost.forward(x, 1e6)).isEqualTo(110);
        assertThat(cost.backward(x, 1e6)).isEqualTo(110);
    }

    @Test
    void ringsThatLeaveANodeShareItsPorts() {
        CollectiveModel groups = (operation, bytes, group) ->
                new CollectiveTime(group.nodes() * 1000 + group.groupsPerNode(), 0, "none", "none");
        ContextExchange x = new ContextExchange("context exchange", 10, 100);
        assertThat(new ContextExchangeCost(ContextMethod.RING, groups, new GroupShape(4, 2, 2)).forward(x, 0))
                .isEqualTo(7 * 2002);
        assertThat(new ContextExchangeCost(ContextMethod.RING, groups, GroupShape.withinNode(8)).forward(x, 0))
                .isEqualTo(7 * 1001);
    }
}
