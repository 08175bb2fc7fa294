package trainyard.scenario.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import trainyard.scenario.source.Node;
import trainyard.scenario.source.Position;

/** The values of one section that was read without a problem. */
public final class Values {

    private final Section section;
    private final Node.Mapping node;
    private final Map<String, Setting<?>> settings;

    Values(Section section, Node.Mapping node, Map<String, Setting<?>> settings) {
        this.section = section;
        this.node = node;
        this.settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    public Section section() {
        return section;
    }

    /** What is set or has a default, by key, in the order of the section's fields. */
    public Map<String, Setting<?>> settings() {
        return settings;
    }

    /** Those of them that count for something in a scenario with its choices. */
    public Map<String, Setting<?>> used(Values scenario) {
        Map<String, Setting<?>> used = new LinkedHashMap<>(settings);
        section.fields().stream()
                .filter(field ->
                        field.use().isPresent() && !field.use().get().when().test(this, scenario))
                .forEach(field -> used.remove(field.key()));
        return used;
    }

    /** The value of a field, if it was written or has a default. */
    public <T> Optional<T> find(Field<T> field) {
        return setting(field).map(Setting::value);
    }

    /**
     * The value of a field that is required or has a default.
     *
     * @throws NoSuchElementException if the field is optional, has no default and was not written
     */
    public <T> T get(Field<T> field) {
        return find(field)
                .orElseThrow(() -> new NoSuchElementException(section.name() + "." + field.key() + " is not set"));
    }

    /** Whether the field was written, rather than left to its default. */
    public boolean isWritten(Field<?> field) {
        return node.find(field.key()).isPresent();
    }

    boolean isWritten(String key) {
        return node.find(key).isPresent();
    }

    /** A key as it is or could be written; empty without a value, and no characters for sections and lists of them. */
    public Optional<String> text(String key) {
        return Optional.ofNullable(settings.get(key)).map(Setting::text);
    }

    /** Where the field was written, or else the section that lacks it. */
    public Position position(Field<?> field) {
        return setting(field).flatMap(Setting::position).orElse(node.position());
    }

    /** Where an item of the list under a field was written; where there is none, where the field was. */
    public Position position(Field<?> field, int item) {
        return node.find(field.key())
                .filter(Node.Sequence.class::isInstance)
                .map(list -> ((Node.Sequence) list).items())
                .filter(items -> item < items.size())
                .map(items -> items.get(item).position())
                .orElseGet(() -> position(field));
    }

    public Position position() {
        return node.position();
    }

    /** The field's value with its origin. */
    @SuppressWarnings("unchecked")
    public <T> Optional<Setting<T>> setting(Field<T> field) {
        // Section.read stores under each key only what that field's own type returned.
        return Optional.ofNullable((Setting<T>) settings.get(field.key()));
    }
}
