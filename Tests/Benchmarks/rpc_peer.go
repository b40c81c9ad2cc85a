// Echoes with github.com/sourcegraph/jsonrpc2, which Tests/Benchmarks/rpc measures beside the daemon.
//
//	rpc_peer SOCKET
package main

import (
	"context"
	"encoding/json"
	"log"
	"net"
	"os"

	"github.com/sourcegraph/jsonrpc2"
)

func echo(_ context.Context, _ *jsonrpc2.Conn, request *jsonrpc2.Request) (interface{}, error) {
	if request.Method != "echo" || request.Params == nil {
		return nil, &jsonrpc2.Error{Code: jsonrpc2.CodeMethodNotFound, Message: "only echo is known"}
	}
	var params interface{}
	err := json.Unmarshal(*request.Params, &params)
	return params, err
}

func main() {
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			log.Fatal(err)
		}
		stream := jsonrpc2.NewBufferedStream(connection, jsonrpc2.VSCodeObjectCodec{})
		jsonrpc2.NewConn(context.Background(), stream, jsonrpc2.HandlerWithError(echo))
	}
}
