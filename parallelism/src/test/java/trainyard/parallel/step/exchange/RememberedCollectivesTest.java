package trainyard.parallel.step.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import trainyard.sim.collective.Collective;
import trainyard.sim.collective.CollectiveModel;
import trainyard.sim.collective.CollectiveTime;
import trainyard.sim.collective.GroupShape;
import trainyard.sim.collective.LinkShares;
import trainyard.sim.collective.NcclModel;
import trainyard.sim.hardware.ClusterSpec;
import trainyard.sim.hardware.HardwareCatalog;

class RememberedCollectivesTest {

    private static final HardwareCatalog CATALOG = HardwareCatalog.load();
    private static final CollectiveModel MODEL =
            NcclModel.on(new ClusterSpec(CATALOG.node("DGX A100"), 4, CATALOG.fabric("IB HDR")));
    private static final LinkShares SLOW = new LinkShares(1, 0.25, 1);

    private static CollectiveTime time(CollectiveModel model) {
        return model.time(Collective.ALL_REDUCE, 1e9, new GroupShape(4, 8, 1));
    }

    @Test
    void answersAsTheModelDoesAlsoWhereLinksAreSlow() {
        CollectiveModel remembered = new RememberedCollectives(MODEL);

        assertThat(time(remembered)).isEqualTo(time(MODEL));
        assertThat(time(remembered.slowedTo(SLOW)))
                .isEqualTo(time(MODEL.slowedTo(SLOW)))
                .isNotEqualTo(time(MODEL));
        assertThat(time(remembered)).as("the healthy model is left as it is").isEqualTo(time(MODEL));
    }
}
