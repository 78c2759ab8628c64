// SPDX-License-Identifier: GPL-3.0-or-later
package org.lacquer.training.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Builds an ONNX model of float matrices, one operator at a time, and writes it as bytes. Field
 * numbers are those of {@code onnx.proto} at IR version 8; operators are those of opset 17.
 *
 * <p>Every method that adds an operator returns the name of its result.
 */
public final class OnnxGraph {
    /** Operator set that the written models declare. */
    public static final int OPSET = 17;

    private static final int IR_VERSION = 8;
    private static final int FLOAT = 1;
    private static final int INT64 = 7;
    private static final int ATTRIBUTE_FLOAT = 1;
    private static final int ATTRIBUTE_INT = 2;

    private final Protobuf graph = new Protobuf();
    private int names;

    /** An input matrix with any number of rows. */
    public String input(String name, int columns) {
        graph.message(11, matrixInfo(name, columns));
        return name;
    }

    /** Names a result as an output of the model. */
    public void output(String name, String value, int columns) {
        graph.message(1, node("Identity", List.of(value), name));
        graph.message(12, matrixInfo(name, columns));
    }

    /** A constant of any shape. */
    public String constant(float[] values, long... shape) {
        String name = "constant" + names++;
        Protobuf tensor = new Protobuf();
        for (long size : shape) {
            tensor.number(1, size);
        }
        ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
        graph.message(5, tensor);
        return name;
    }

    public String add(String a, String b) {
        return operator("Add", a, b);
    }

    public String subtract(String a, String b) {
        return operator("Sub", a, b);
    }

    public String multiply(String a, String b) {
        return operator("Mul", a, b);
    }

    public String max(String a, String b) {
        return operator("Max", a, b);
    }

    /** x · sigmoid(x). */
    public String silu(String x) {
        return multiply(x, sigmoid(x));
    }

    public String sigmoid(String x) {
        return operator("Sigmoid", x);
    }

    public String clip(String x, float low, float high) {
        return operator("Clip", x, constant(new float[] {low}), constant(new float[] {high}));
    }

    /** Rows of matrices, side by side. */
    public String concat(String... parts) {
        String name = "value" + names++;
        graph.message(1, node("Concat", List.of(parts), name).message(5, intAttribute("axis", 1)));
        return name;
    }

    /** The named columns of a matrix, in that order. */
    public String columns(String x, int... indices) {
        String constant = "constant" + names++;
        ByteBuffer raw = ByteBuffer.allocate(8 * indices.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int index : indices) {
            raw.putLong(index);
        }
        graph.message(
                5,
                new Protobuf()
                        .number(1, indices.length)
                        .number(2, INT64)
                        .text(8, constant)
                        .bytes(9, raw.array()));
        String name = "value" + names++;
        graph.message(
                1, node("Gather", List.of(x, constant), name).message(5, intAttribute("axis", 1)));
        return name;
    }

    /** x · weightᵀ + bias, weight as rows of outputs. */
    public String dense(String x, float[][] weight, float[] bias) {
        int inputs = weight[0].length;
        float[] flat = new float[weight.length * inputs];
        for (int row = 0; row < weight.length; row++) {
            System.arraycopy(weight[row], 0, flat, row * inputs, inputs);
        }
        String name = "value" + names++;
        graph.message(
                1,
                node(
                                "Gemm",
                                List.of(
                                        x,
                                        constant(flat, weight.length, inputs),
                                        constant(bias, bias.length)),
                                name)
                        .message(5, intAttribute("transB", 1))
                        .message(5, floatAttribute("alpha", 1f))
                        .message(5, floatAttribute("beta", 1f)));
        return name;
    }

    /** The model file. */
    public byte[] toBytes(String graphName) {
        byte[] parts = graph.toBytes();
        return new Protobuf()
                .number(1, IR_VERSION)
                .text(2, "lacquer")
                .message(7, new Protobuf().text(2, graphName).raw(parts))
                .message(8, new Protobuf().text(1, "").number(2, OPSET))
                .toBytes();
    }

    private String operator(String type, String... inputs) {
        String name = "value" + names++;
        graph.message(1, node(type, List.of(inputs), name));
        return name;
    }

    private static Protobuf node(String type, List<String> inputs, String output) {
        Protobuf node = new Protobuf();
        inputs.forEach(input -> node.text(1, input));
        return node.text(2, output).text(3, output).text(4, type);
    }

    private static Protobuf intAttribute(String name, long value) {
        return new Protobuf().text(1, name).number(3, value).number(20, ATTRIBUTE_INT);
    }

    private static Protobuf floatAttribute(String name, float value) {
        return new Protobuf().text(1, name).real(2, value).number(20, ATTRIBUTE_FLOAT);
    }

    private static Protobuf matrixInfo(String name, int columns) {
        Protobuf shape =
                new Protobuf()
                        .message(1, new Protobuf().text(2, "rows"))
                        .message(1, new Protobuf().number(1, columns));
        Protobuf tensor = new Protobuf().number(1, FLOAT).message(2, shape);
        return new Protobuf().text(1, name).message(2, new Protobuf().message(1, tensor));
    }
}
