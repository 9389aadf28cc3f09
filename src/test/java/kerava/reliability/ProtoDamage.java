package kerava.reliability;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes a message so that it stays one: fields, their number, names that refer to others. */
final class ProtoDamage {
  private static final int DEEP = 40;

  private final Random random;
  private final List<Message> messages = new ArrayList<>();
  private final List<String> words = new ArrayList<>();

  private ProtoDamage(Random random) {
    this.random = random;
  }

  static byte[] message(byte[] content, Descriptor type, Random random) {
    if (random.nextInt(5) == 0) {
      return Damage.bytes(content, random);
    }
    DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
    try {
      message.mergeFrom(content);
    } catch (InvalidProtocolBufferException e) {
      return Damage.bytes(content, random);
    }
    ProtoDamage damage = new ProtoDamage(random);
    damage.collect(message.build(), DEEP);
    for (int i = random.nextInt(3); i >= 0; i--) {
      damage.descend(message);
    }
    return message.build().toByteArray();
  }

  private void collect(Message message, int deep) {
    messages.add(message);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
              for (Object one : values) {
                if (one instanceof Message inner && deep > 0) {
                  collect(inner, deep - 1);
                } else if (one instanceof String word) {
                  words.add(word);
                }
              }
            });
  }

  private void descend(Message.Builder builder) {
    List<FieldDescriptor> inner =
        builder.getAllFields().keySet().stream()
            .filter(field -> field.getJavaType() == JavaType.MESSAGE)
            .filter(f -> !f.isRepeated() || builder.getRepeatedFieldCount(f) > 0)
            .toList();
    if (inner.isEmpty() || random.nextInt(6) == 0) {
      change(builder);
      return;
    }
    FieldDescriptor field = inner.get(random.nextInt(inner.size()));
    if (field.isRepeated()) {
      int at = random.nextInt(builder.getRepeatedFieldCount(field));
      // Entries of maps have no builders inside of their message.
      Message.Builder one = ((Message) builder.getRepeatedField(field, at)).toBuilder();
      descend(one);
      builder.setRepeatedField(field, at, one.build());
    } else {
      Message.Builder one = ((Message) builder.getField(field)).toBuilder();
      descend(one);
      builder.setField(field, one.build());
    }
  }

  private void change(Message.Builder builder) {
    List<FieldDescriptor> set = List.copyOf(builder.getAllFields().keySet());
    List<FieldDescriptor> all = builder.getDescriptorForType().getFields();
    List<FieldDescriptor> from = set.isEmpty() || random.nextInt(4) == 0 ? all : set;
    if (from.isEmpty()) {
      return;
    }
    FieldDescriptor field = from.get(random.nextInt(from.size()));
    int count = field.isRepeated() ? builder.getRepeatedFieldCount(field) : 0;
    if (random.nextInt(6) == 0) {
      builder.clearField(field);
    } else if (!field.isRepeated()) {
      builder.setField(field, value(field, builder));
    } else if (count == 0 || random.nextInt(4) == 0) {
      builder.addRepeatedField(field, value(field, builder));
    } else if (random.nextInt(3) == 0) {
      List<Object> values = new ArrayList<>((List<?>) builder.getField(field));
      values.remove(random.nextInt(count));
      builder.setField(field, values);
    } else if (random.nextInt(3) == 0) {
      builder.addRepeatedField(field, builder.getRepeatedField(field, random.nextInt(count)));
    } else {
      builder.setRepeatedField(field, random.nextInt(count), value(field, builder));
    }
  }

  private Object value(FieldDescriptor field, Message.Builder builder) {
    return switch (field.getJavaType()) {
      case INT -> (int) Damage.number(random);
      case LONG -> Damage.number(random);
      case FLOAT -> new float[] {0, -1, Float.NaN, 1e38f}[random.nextInt(4)];
      case DOUBLE -> new double[] {0, -1, Double.NaN, 1e308}[random.nextInt(4)];
      case BOOLEAN -> random.nextBoolean();
      case STRING -> word();
      case BYTE_STRING -> bytes(field, builder);
      case ENUM -> {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        yield values.get(random.nextInt(values.size()));
      }
      case MESSAGE -> {
        List<Message> alike =
            messages.stream()
                .filter(m -> m.getDescriptorForType().equals(field.getMessageType()))
                .toList();
        yield alike.isEmpty()
            ? DynamicMessage.getDefaultInstance(field.getMessageType())
            : alike.get(random.nextInt(alike.size()));
      }
    };
  }

  private ByteString bytes(FieldDescriptor field, Message.Builder builder) {
    Object old = field.isRepeated() ? ByteString.EMPTY : builder.getField(field);
    return old instanceof ByteString known && !known.isEmpty()
        ? ByteString.copyFrom(Damage.bytes(known.toByteArray(), random))
        : ByteString.copyFromUtf8(word());
  }

  private String word() {
    String known = words.isEmpty() ? "x" : words.get(random.nextInt(words.size()));
    return switch (random.nextInt(8)) {
      case 0 -> "^" + known;
      case 1 -> known + ":" + random.nextInt(5);
      case 2 -> known.isEmpty() ? "" : known.substring(1);
      case 3 -> "";
      case 4 -> known + "\n\u001b[1m\u202e";
      default -> known;
    };
  }
}
