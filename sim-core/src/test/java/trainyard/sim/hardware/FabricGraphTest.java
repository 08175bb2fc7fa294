package trainyard.sim.hardware;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import trainyard.sim.csv.CsvException;

class FabricGraphTest {

    @TempDir
    private Path folder;

    private Path file(String row) throws IOException {
        return Files.writeString(
                folder.resolve("fabric.csv"), "from,to,bandwidth,latency\nnode0,leaf,400 Gb/s,0.5 us\n" + row);
    }

    @Test
    void readsCablesWithTheirUnits() throws IOException {
        FabricGraph graph = FabricGraph.read(file("leaf,node1.port3,50 GB/s,0 s\n"));
        assertThat(graph.cables())
                .containsExactly(
                        new FabricGraph.Cable("node0", "leaf", 50e9, 0.5e-6),
                        new FabricGraph.Cable("leaf", "node1.port3", 50e9, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "leaf,node1,400,1 us|bandwidth",
                "leaf,node1,-1 Gb/s,1 us|bandwidth",
                "leaf,node1,400 Gb/s,1 Gb|latency",
                "leaf,node1,400 Gb/s,-1 us|latency",
                "leaf,leaf,400 Gb/s,1 us|to",
                "node0,node1,400 Gb/s,1 us|to",
                ",node1,400 Gb/s,1 us|from"
            })
    void wrongRowIsNamedByFileLineAndColumn(String row, String column) throws IOException {
        Path file = file(row + "\n");
        assertThatThrownBy(() -> FabricGraph.read(file))
                .isInstanceOf(CsvException.class)
                .hasMessageStartingWith(file + ":3: column " + column + ": ");
    }
}
