package trainyard.report.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import trainyard.report.document.ReportDocument;
import trainyard.report.document.Reproduction;

/**
 * Writes what identifies a run: command, version, seed and the SHA-256 of scenario, inputs and outputs. It is the same on
 * every machine.
 */
public final class ManifestJson {

    private static final String OUTPUTS = "outputs_sha256";

    private ManifestJson() {}

    /**
     * The manifest.
     *
     * @param outputSha256 SHA-256 by output file name, in the order to print
     */
    public static String of(ReportDocument report, Map<String, String> outputSha256) {
        Reproduction reproduction = report.reproduction();
        ObjectNode root = Json.MAPPER.createObjectNode();
        root.put("name", report.name());
        root.put("version", reproduction.version());
        root.put("command", reproduction.command());
        root.put("scenario_sha256", reproduction.scenarioSha256());
        root.put("seed", reproduction.seed());
        root.put("partial", report.partial());
        ObjectNode inputs = root.putObject("inputs_sha256");
        reproduction.inputSha256().forEach(inputs::put);
        ObjectNode outputs = root.putObject(OUTPUTS);
        outputSha256.forEach(outputs::put);
        return Json.print(root);
    }

    /** The output files that a manifest lists; none where it is not a manifest. */
    public static List<String> outputs(String manifest) {
        List<String> names = new ArrayList<>();
        try {
            Json.MAPPER.readTree(manifest).path(OUTPUTS).fieldNames().forEachRemaining(names::add);
        } catch (JsonProcessingException other) {
            return List.of();
        }
        return names;
    }
}
