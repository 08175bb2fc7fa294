package trainyard.scenario.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.scenario.source.Problem;
import trainyard.sim.hardware.HardwareCatalog;

/** A port runs at the slower of two rates: that of the node and that of the network it is plugged into. */
class FabricPortsTest {

    private static String scenario(String node, String network) {
        return """
                trainyard: 1
                name: test
                cluster: {nodes: 4, node: {preset: NODE}, network: {NETWORK}}
                collective: {operation: all-reduce, size: 16 GiB, algorithm: ring}
                """.replace("NODE", node).replace("NETWORK", network);
    }

    /** Eight ports of 200 Gb/s at 0.96 and 100 Gb/s at 0.9 and 0.85 of their rate, in GB/s. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dgx-h100 | preset: ib-hdr | 192",
                "dgx-h100 | preset: ib-edr | 90",
                "dgx-h100 | preset: roce-100 | 85",
                "'dgx-h100, nic-bandwidth: 100 Gb/s' | preset: ib-hdr | 96",
                "'dgx-h100, nic-bandwidth: 100 Gb/s' | latency: 1 us | 90",
                "dgx-a100 | preset: ib-xdr | 192",
                "dgx-a100 | preset: auto | 192",
                "dgx-2 | latency: 1 us | 90",
            })
    void portsRunAtTheSlowerRate(String node, String network, double gigabytes) {
        double rate = TestStudies.value(TestStudies.run(scenario(node, network)), "bus-bandwidth");
        assertThat(rate).isCloseTo(gigabytes * 1e9, withinPercentage(1.5));
    }

    @Test
    void aStatedRateThatTheNetworkDoesNotHaveIsRefused() {
        Problem refused = TestStudies.refusal(scenario("dgx-h100, nic-bandwidth: 800 Gb/s", "preset: ib-ndr"))
                .problems()
                .get(0);
        assertThat(refused.message()).isEqualTo("ports of 800 Gb/s on a network whose ports run at 400 Gb/s");
        assertThat(refused.hint()).contains("write nic-bandwidth: 400 Gb/s, or another cluster.network.preset");
        assertThat(refused.position())
                .hasValueSatisfying(at -> assertThat(at.line()).isEqualTo(3));
    }

    /** Who names 800 Gb/s and gets 400 is told, of each place once; not who states the rate of the ports as well. */
    @Test
    void aFabricFasterThanThePortsIsToldOf() {
        String variants = scenario("dgx-h100", "preset: ib-xdr") + """
                variants:
                  base: {}
                  again: {collective.size: 1 GiB}
                  slower: {cluster.network.preset: ib-hdr}
                  faster: {cluster.node.nic-bandwidth: 800 Gb/s}
                """;
        assertThat(FasterFabrics.in(TestStudies.study(variants).scenario()))
                .singleElement()
                .satisfies(told -> {
                    assertThat(told.message())
                            .isEqualTo("ports of ib-xdr run at 100 GB/s, those of the node at 50 GB/s, which counts"
                                    + " unless cluster.node.nic-bandwidth says otherwise");
                    assertThat(told.position().orElseThrow().line()).isEqualTo(3);
                });
        for (String network : new String[] {"preset: auto", "preset: ib-ndr", "latency: 1 us"}) {
            assertThat(FasterFabrics.in(
                            TestStudies.study(scenario("dgx-h100", network)).scenario()))
                    .as(network)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"25, IB EDR", "100, IB EDR", "200, IB HDR", "400, IB NDR", "800, IB XDR", "1600, IB XDR"})
    void infiniBandFitsThePort(double gigabits, String fabric) {
        assertThat(HardwareCatalog.load().infiniBand(gigabits * 1e9 / 8).name()).isEqualTo(fabric);
    }
}
